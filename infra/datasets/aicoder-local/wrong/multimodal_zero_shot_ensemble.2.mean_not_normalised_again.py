def zero_shot_probabilities(image_embeddings, prompt_embeddings, scale):
    def unit(vectors):
        return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)

    classes = np.stack([unit(prompts).mean(axis=0) for prompts in prompt_embeddings.values()])
    logits = scale * unit(image_embeddings) @ classes.T
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return [dict(zip(prompt_embeddings, row)) for row in (weights / weights.sum(axis=1, keepdims=True)).tolist()]
