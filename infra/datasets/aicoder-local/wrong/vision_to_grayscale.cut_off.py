import numpy as np


def to_grayscale(image: np.ndarray) -> np.ndarray:
    return (image @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)
