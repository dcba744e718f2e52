def ctc_decode(logits, lengths, vocabulary, blank):
    texts = []
    for frames, length in zip(logits, lengths):
        best = frames[:length].argmax(axis=1).tolist()
        merged = [token for i, token in enumerate(best) if i == 0 or token != best[i - 1]]
        texts.append("".join(vocabulary[token] for token in merged if token != 0).replace("|", " ").strip())
    return texts
