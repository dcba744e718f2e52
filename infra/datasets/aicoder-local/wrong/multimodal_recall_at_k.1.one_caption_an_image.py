def retrieval_recall(similarity, caption_image, k):
    order = np.argsort(-similarity, axis=1, kind="stable")[:, :k]
    image_hits = [image in order[image] for image in range(len(similarity))]
    back = np.argsort(-similarity, axis=0, kind="stable")[:k]
    text_hits = [owner in back[:, j] for j, owner in enumerate(caption_image)]
    return {"image_to_text": float(np.mean(image_hits)), "text_to_image": float(np.mean(text_hits))}
