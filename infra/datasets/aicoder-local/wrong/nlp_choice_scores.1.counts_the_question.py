def score_choices(question, choices):
    model = load_model().eval()
    scores = []
    for choice in choices:
        ids = torch.tensor([question + choice])
        with torch.no_grad():
            scores.append(-model(ids, labels=ids).loss.item())
    return scores
