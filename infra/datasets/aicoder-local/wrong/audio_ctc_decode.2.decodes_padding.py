def ctc_decode(logits, lengths, vocabulary, blank):
    texts = []
    for frames in logits:
        best = frames.argmax(axis=1).tolist()
        merged = [token for i, token in enumerate(best) if i == 0 or token != best[i - 1]]
        texts.append("".join(vocabulary[token] for token in merged if token != blank).replace("|", " ").strip())
    return texts
