import numpy as np


def min_max_scale(table: np.ndarray) -> np.ndarray:
    low, high = table.min(axis=1, keepdims=True), table.max(axis=1, keepdims=True)
    return (table - low) / np.where(high == low, 1, high - low)
