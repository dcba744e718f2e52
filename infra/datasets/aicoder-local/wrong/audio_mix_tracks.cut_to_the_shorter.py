import numpy as np


def mix(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    n = min(len(first), len(second))
    return (first[:n] + second[:n]).clip(-1, 1)
