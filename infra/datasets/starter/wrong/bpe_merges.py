from collections import Counter


def bpe_merges(words: dict[str, int], count: int) -> list[tuple[str, str]]:
    splits = {word: list(word) for word in words}
    merges = []
    for _ in range(count):
        pairs = Counter()
        for symbols in splits.values():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += 1
        if not pairs:
            break
        best = pairs.most_common(1)[0][0]
        merges.append(best)
        for word, symbols in splits.items():
            splits[word] = " ".join(symbols).replace(" ".join(best), "".join(best)).split(" ")
    return merges
