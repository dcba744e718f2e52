def clip_loss(image_embeddings, text_embeddings, logit_scale):
    images = F.normalize(torch.from_numpy(image_embeddings), dim=1)
    texts = F.normalize(torch.from_numpy(text_embeddings), dim=1)
    logits = images @ texts.T * logit_scale
    targets = torch.arange(len(logits))
    return ((F.cross_entropy(logits, targets) + F.cross_entropy(logits.T, targets)) / 2).item()
