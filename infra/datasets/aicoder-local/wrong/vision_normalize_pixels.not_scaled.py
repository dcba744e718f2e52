import numpy as np


def normalize_pixels(image: np.ndarray, mean: list[float], std: list[float]) -> np.ndarray:
    scaled = (image - np.array(mean)) / np.array(std)
    return scaled.transpose(2, 0, 1).astype(np.float32)
