import numpy as np


def mix(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    mixed = np.zeros(max(len(first), len(second)))
    mixed[: len(first)] += first
    mixed[: len(second)] += second
    return mixed
