def score_captions(images, captions):
    model = load_model().eval()
    width = max(len(caption) for caption in captions) + 1
    targets = torch.tensor([[*caption, END] + [PAD] * (width - 1 - len(caption)) for caption in captions])
    inputs = torch.cat([torch.full((len(captions), 1), START), targets[:, :-1]], dim=1)
    with torch.no_grad():
        logits = model(pixel_values=torch.from_numpy(images).float(), decoder_input_ids=inputs).logits
    return logits.log_softmax(dim=-1).gather(2, targets[:, :, None])[:, :, 0].sum(dim=1).tolist()
