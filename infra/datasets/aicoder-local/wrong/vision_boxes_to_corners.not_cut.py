import numpy as np


def to_corners(boxes: np.ndarray, width: int, height: int) -> np.ndarray:
    x, y, w, h = np.asarray(boxes, dtype=float).T
    return np.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], axis=1) * [width, height, width, height]
