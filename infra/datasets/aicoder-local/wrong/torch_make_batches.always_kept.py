def make_batches(items: list, batch_size: int, drop_last: bool) -> list[list]:
    return [items[start : start + batch_size] for start in range(0, len(items), batch_size)]
