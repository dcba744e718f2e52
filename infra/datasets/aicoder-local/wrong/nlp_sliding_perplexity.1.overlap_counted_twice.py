def sliding_perplexity(ids, window, stride):
    model = load_model().eval()
    total, count = 0.0, 0
    for start in range(0, len(ids), stride):
        part = torch.tensor([ids[start : start + window]])
        if part.shape[1] > 1:
            with torch.no_grad():
                total += model(part, labels=part).loss.item() * (part.shape[1] - 1)
            count += part.shape[1] - 1
        if start + window >= len(ids):
            break
    return math.exp(total / count)
