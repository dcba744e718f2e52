def ctc_decode(logits, lengths, vocabulary, blank):
    texts = []
    for frames, length in zip(logits, lengths):
        best = [token for token in frames[:length].argmax(axis=1).tolist() if token != blank]
        merged = [token for i, token in enumerate(best) if i == 0 or token != best[i - 1]]
        texts.append("".join(vocabulary[token] for token in merged).replace("|", " ").strip())
    return texts
