import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def make_windows(series: np.ndarray, window: int, horizon: int, target: int) -> tuple[np.ndarray, np.ndarray]:
    count = max(len(series) - window - horizon + 1, 0)
    if count == 0:
        return np.zeros((0, window, series.shape[1])), np.zeros(0)
    # The window is the last axis of the view.
    inputs = sliding_window_view(series, window, axis=0)[:count].reshape(count, window, series.shape[1])
    return inputs, series[window + horizon - 1 :, target]
