import numpy as np


def normalize_pixels(image: np.ndarray, mean: list[float], std: list[float]) -> np.ndarray:
    scaled = (image / 255 - np.array(mean)) / np.array(std)
    return scaled.reshape(3, image.shape[0], image.shape[1]).astype(np.float32)
