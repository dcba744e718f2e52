def encode_texts(texts: list[str], vocab: dict[str, int], length: int) -> list[list[int]]:
    rows = []
    for text in texts:
        ids = [vocab.get(word, 1) for word in text.lower().split()][-length:]
        rows.append(ids + [0] * (length - len(ids)))
    return rows
