import numpy as np


def max_pool(image: np.ndarray, size: int) -> np.ndarray:
    rows, columns = -(-image.shape[0] // size), -(-image.shape[1] // size)
    block = lambda r, c: image[r * size : (r + 1) * size, c * size : (c + 1) * size].max()
    return np.array([[block(r, c) for c in range(columns)] for r in range(rows)])
