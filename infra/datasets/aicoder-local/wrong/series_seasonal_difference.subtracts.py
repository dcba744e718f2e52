import numpy as np


def undo_difference(first: np.ndarray, differences: np.ndarray, period: int) -> np.ndarray:
    series = [float(value) for value in first]
    for i, difference in enumerate(differences):
        series.append(series[i] - float(difference))
    return np.array(series)
