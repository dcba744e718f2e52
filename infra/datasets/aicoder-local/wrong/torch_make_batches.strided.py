def make_batches(items: list, batch_size: int, drop_last: bool) -> list[list]:
    count = len(items) // batch_size + (0 if drop_last or len(items) % batch_size == 0 else 1)
    return [items[start::count] for start in range(count)]
