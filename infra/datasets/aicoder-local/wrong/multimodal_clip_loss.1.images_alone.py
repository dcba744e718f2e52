def clip_loss(image_embeddings, text_embeddings, logit_scale):
    images = F.normalize(torch.from_numpy(image_embeddings), dim=1)
    texts = F.normalize(torch.from_numpy(text_embeddings), dim=1)
    logits = images @ texts.T * float(np.exp(logit_scale))
    return F.cross_entropy(logits, torch.arange(len(logits))).item()
