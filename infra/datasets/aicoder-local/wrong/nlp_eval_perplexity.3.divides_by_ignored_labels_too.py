def eval_perplexity(batches):
    total, count = 0.0, 0
    for logits, labels in batches:
        predicted = torch.from_numpy(logits[:, :-1]).double().flatten(0, 1)
        expected = torch.from_numpy(labels[:, 1:]).long().flatten()
        total += F.cross_entropy(predicted, expected, reduction="sum").item()
        count += expected.numel()
    if count == 0:
        raise ValueError("no label is predicted")
    return math.exp(total / count)
