def retrieval_recall(similarity, caption_image, k):
    own = np.asarray(caption_image)[None, :] == np.arange(len(similarity))[:, None]
    strangers = np.where(own, -np.inf, similarity)
    best_own = np.where(own, similarity, -np.inf).max(axis=1)
    image_hits = (strangers >= best_own[:, None]).sum(axis=1) < k
    own_score = similarity[caption_image, np.arange(len(caption_image))]
    text_hits = (strangers >= own_score[None, :]).sum(axis=0) < k
    return {"image_to_text": float(text_hits.mean()), "text_to_image": float(image_hits.mean())}
