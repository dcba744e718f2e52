def pad_batch(rows: list[list[int]], pad_id: int) -> tuple[list[list[int]], list[list[int]]]:
    longest = max((len(row) for row in rows), default=0)
    mask = [[1] * len(row) + [0] * (longest - len(row)) for row in rows]
    for row in rows:
        row.extend([pad_id] * (longest - len(row)))
    return rows, mask
