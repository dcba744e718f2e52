import numpy as np


def make_windows(series: np.ndarray, window: int, horizon: int, target: int) -> tuple[np.ndarray, np.ndarray]:
    count = max(len(series) - window - horizon, 0)
    inputs = np.array([series[i : i + window] for i in range(count)]).reshape(count, window, series.shape[1])
    targets = np.array([series[i + window + horizon, target] for i in range(count)])
    return inputs, targets
