import numpy as np


def mean_pool(token_embeddings: np.ndarray, attention_mask: np.ndarray) -> np.ndarray:
    masked = token_embeddings * attention_mask[:, :, None]
    return masked.mean(axis=1)
