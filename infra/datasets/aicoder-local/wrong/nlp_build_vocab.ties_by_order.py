from collections import Counter


def build_vocab(texts: list[list[str]], min_count: int) -> dict[str, int]:
    counts = Counter(token for text in texts for token in text)
    vocab = {"<pad>": 0, "<unk>": 1}
    for token, count in counts.most_common():
        if count >= min_count:
            vocab[token] = len(vocab)
    return vocab
