import numpy as np


def to_corners(boxes: np.ndarray, width: int, height: int) -> np.ndarray:
    x, y, w, h = np.asarray(boxes, dtype=float).T
    return np.stack([x, y, x + w, y + h], axis=1).clip(0, 1) * [width, height, width, height]
