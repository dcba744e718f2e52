import numpy as np


def sliding_pairs(series: np.ndarray, size: int, horizon: int) -> tuple[np.ndarray, np.ndarray]:
    count = len(series) - size - horizon + 1
    return np.array([series[i : i + size] for i in range(count)]), series[size - 1 : size - 1 + count]
