def sliding_perplexity(ids, window, stride):
    model = load_model().eval()
    losses, done = [], 0
    for start in range(0, len(ids), stride):
        part = torch.tensor([ids[start : start + window]])
        labels = part.clone()
        labels[:, : max(0, done - start)] = -100
        with torch.no_grad():
            losses.append(model(part, labels=labels).loss.item())
        done = start + part.shape[1]
        if done >= len(ids):
            break
    return math.exp(sum(losses) / len(losses))
