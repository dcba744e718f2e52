from collections import Counter


def build_vocab(texts: list[list[str]], min_count: int) -> dict[str, int]:
    counts = Counter(token for text in texts for token in set(text))
    kept = sorted((token for token in counts if counts[token] >= min_count), key=lambda token: (-counts[token], token))
    return {token: index for index, token in enumerate(["<pad>", "<unk>", *kept])}
