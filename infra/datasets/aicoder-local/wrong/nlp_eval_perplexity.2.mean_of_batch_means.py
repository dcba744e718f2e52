def eval_perplexity(batches):
    losses = []
    for logits, labels in batches:
        predicted = torch.from_numpy(logits[:, :-1]).double().flatten(0, 1)
        expected = torch.from_numpy(labels[:, 1:]).long().flatten()
        if (expected != -100).any():
            losses.append(F.cross_entropy(predicted, expected).item())
    if not losses:
        raise ValueError("no label is predicted")
    return math.exp(sum(losses) / len(losses))
