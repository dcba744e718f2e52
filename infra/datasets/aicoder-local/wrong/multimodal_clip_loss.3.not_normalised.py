def clip_loss(image_embeddings, text_embeddings, logit_scale):
    logits = torch.from_numpy(image_embeddings) @ torch.from_numpy(text_embeddings).T * float(np.exp(logit_scale))
    targets = torch.arange(len(logits))
    return ((F.cross_entropy(logits, targets) + F.cross_entropy(logits.T, targets)) / 2).item()
