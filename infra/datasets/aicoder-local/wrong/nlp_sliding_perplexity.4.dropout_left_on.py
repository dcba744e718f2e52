def sliding_perplexity(ids, window, stride):
    model = load_model()
    total, done, start = 0.0, 1, 0
    while done < len(ids):
        part = torch.tensor(ids[start : start + window])
        with torch.no_grad():
            log_probabilities = model(part[None]).logits[0, :-1].log_softmax(dim=-1)
        losses = -log_probabilities.gather(1, part[1:, None])[:, 0]
        end = start + len(part)
        total += losses[len(losses) - (end - done) :].sum().item()
        done, start = end, start + stride
    return math.exp(total / (len(ids) - 1))
