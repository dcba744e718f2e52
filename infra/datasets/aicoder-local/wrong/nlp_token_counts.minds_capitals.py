def token_counts(texts: list[str]) -> dict[str, int]:
    counts = {}
    for text in texts:
        for word in text.split():
            counts[word] = counts.get(word, 0) + 1
    return counts
