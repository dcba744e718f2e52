import numpy as np


def center_crop(image: np.ndarray, height: int, width: int) -> np.ndarray:
    top = (image.shape[1] - width) // 2
    left = (image.shape[0] - height) // 2
    return image[top : top + height, left : left + width]
