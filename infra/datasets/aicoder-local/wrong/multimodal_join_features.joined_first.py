import numpy as np


def join_features(images: np.ndarray, texts: np.ndarray) -> np.ndarray:
    rows = np.concatenate([images, texts], axis=1)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
