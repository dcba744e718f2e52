import numpy as np


def normalize_pixels(image: np.ndarray, mean: list[float], std: list[float]) -> np.ndarray:
    return ((image / 255 - np.array(mean)) / np.array(std)).astype(np.float32)
