import numpy as np


def min_max_scale(table: np.ndarray) -> np.ndarray:
    return (table - table.min(axis=0)) / (table.max(axis=0) - table.min(axis=0))
