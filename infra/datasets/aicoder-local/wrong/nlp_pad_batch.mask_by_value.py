def pad_batch(rows: list[list[int]], pad_id: int) -> tuple[list[list[int]], list[list[int]]]:
    longest = max((len(row) for row in rows), default=0)
    padded = [row + [pad_id] * (longest - len(row)) for row in rows]
    return padded, [[int(token != pad_id) for token in row] for row in padded]
