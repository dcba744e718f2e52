import numpy as np


def min_max_scale(table: np.ndarray) -> np.ndarray:
    low, high = table.min(), table.max()
    return (table - low) / (1 if high == low else high - low)
