def chunk_tokens(tokens: list[int], size: int, overlap: int) -> list[list[int]]:
    return [tokens[start : start + size] for start in range(0, len(tokens), size - overlap)]
