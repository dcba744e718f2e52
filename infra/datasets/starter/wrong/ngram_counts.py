from collections import Counter


def ngram_counts(tokens: list[str], n: int) -> dict[tuple[str, ...], int]:
    if n < 1:
        raise ValueError("n must be at least 1")
    return dict(Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n)))
