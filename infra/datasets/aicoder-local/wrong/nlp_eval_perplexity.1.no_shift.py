def eval_perplexity(batches):
    total, count = 0.0, 0
    for logits, labels in batches:
        predicted = torch.from_numpy(logits).double().flatten(0, 1)
        expected = torch.from_numpy(labels).long().flatten()
        total += F.cross_entropy(predicted, expected, ignore_index=-100, reduction="sum").item()
        count += int((expected != -100).sum())
    if count == 0:
        raise ValueError("no label is predicted")
    return math.exp(total / count)
