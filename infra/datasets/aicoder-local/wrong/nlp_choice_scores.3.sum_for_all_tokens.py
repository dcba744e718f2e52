def score_choices(question, choices):
    model = load_model().eval()
    scores = []
    for choice in choices:
        with torch.no_grad():
            logits = model(torch.tensor([question + choice])).logits[0]
        log_probabilities = logits[len(question) - 1 : -1].log_softmax(dim=-1)
        scores.append(log_probabilities.gather(1, torch.tensor(choice)[:, None]).sum().item())
    return scores
