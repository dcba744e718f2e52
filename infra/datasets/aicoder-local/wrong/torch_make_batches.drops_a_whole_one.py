def make_batches(items: list, batch_size: int, drop_last: bool) -> list[list]:
    batches = [items[start : start + batch_size] for start in range(0, len(items), batch_size)]
    return batches[:-1] if drop_last else batches
