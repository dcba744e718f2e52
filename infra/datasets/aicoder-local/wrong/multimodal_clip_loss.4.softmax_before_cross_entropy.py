def clip_loss(image_embeddings, text_embeddings, logit_scale):
    images = F.normalize(torch.from_numpy(image_embeddings), dim=1)
    texts = F.normalize(torch.from_numpy(text_embeddings), dim=1)
    logits = images @ texts.T * float(np.exp(logit_scale))
    targets = torch.arange(len(logits))
    by_image, by_text = logits.softmax(dim=1), logits.T.softmax(dim=1)
    return ((F.cross_entropy(by_image, targets) + F.cross_entropy(by_text, targets)) / 2).item()
