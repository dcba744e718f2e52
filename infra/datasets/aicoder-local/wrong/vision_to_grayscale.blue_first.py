import numpy as np


def to_grayscale(image: np.ndarray) -> np.ndarray:
    return np.rint(image @ np.array([0.114, 0.587, 0.299])).astype(np.uint8)
