import numpy as np


def center_crop(image: np.ndarray, height: int, width: int) -> np.ndarray:
    return image[:height, :width]
