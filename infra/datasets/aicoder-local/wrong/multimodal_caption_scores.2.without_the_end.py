def score_captions(images, captions):
    model = load_model().eval()
    scores = []
    for image, caption in zip(torch.from_numpy(images).float(), captions):
        with torch.no_grad():
            logits = model(pixel_values=image[None], decoder_input_ids=torch.tensor([[START, *caption]])).logits[0]
        log_probabilities = logits.log_softmax(dim=-1)
        scores.append(float(sum(log_probabilities[t, word] for t, word in enumerate(caption))))
    return scores
