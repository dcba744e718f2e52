def pad_batch(rows: list[list[int]], pad_id: int) -> tuple[list[list[int]], list[list[int]]]:
    longest = max((len(row) for row in rows), default=0)
    padded = [[pad_id] * (longest - len(row)) + row for row in rows]
    return padded, [[0] * (longest - len(row)) + [1] * len(row) for row in rows]
