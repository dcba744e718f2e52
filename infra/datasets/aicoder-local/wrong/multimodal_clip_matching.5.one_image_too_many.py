def match_captions(images, captions):
    pixels = torch.from_numpy(np.stack([*images, images[0]])).permute(0, 3, 1, 2).float() / 255
    pixels = (pixels - torch.tensor(MEAN)[:, None, None]) / torch.tensor(STD)[:, None, None]
    rows = [[BOS, *caption[: MAX_TOKENS - 2], EOS] for caption in captions]
    ids = torch.tensor([row + [PAD] * (MAX_TOKENS - len(row)) for row in rows])
    with torch.no_grad():
        out = load_model().eval()(input_ids=ids, attention_mask=(ids != PAD).long(), pixel_values=pixels)
    return out.logits_per_image.softmax(dim=1).tolist()
