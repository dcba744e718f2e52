import numpy as np


def to_grayscale(image: np.ndarray) -> np.ndarray:
    return np.rint(image.mean(axis=2)).astype(np.uint8)
