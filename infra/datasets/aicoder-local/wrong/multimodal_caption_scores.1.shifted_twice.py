def score_captions(images, captions):
    model = load_model().eval()
    width = max(len(caption) for caption in captions) + 1
    targets = torch.tensor([[*caption, END] + [PAD] * (width - 1 - len(caption)) for caption in captions])
    with torch.no_grad():
        logits = model(pixel_values=torch.from_numpy(images).float(), labels=targets).logits[:, :-1]
    targets = targets[:, 1:]
    scores = logits.log_softmax(dim=-1).gather(2, targets[:, :, None])[:, :, 0]
    return (scores * (targets != PAD)).sum(dim=1).tolist()
