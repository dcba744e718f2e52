import numpy as np


def split_windows(series: np.ndarray, train_size: int, window: int) -> dict[str, np.ndarray]:
    mean, deviation = series[:train_size].mean(), series[:train_size].std()
    scaled = (series - mean) / (deviation or 1.0)
    inputs = np.array([scaled[i : i + window] for i in range(len(series) - window)]).reshape(-1, window)
    targets = scaled[window:]
    # The first windows are not those whose targets are in the training period.
    return {
        "train_inputs": inputs[:train_size],
        "train_targets": targets[:train_size],
        "test_inputs": inputs[train_size:],
        "test_targets": targets[train_size:],
        "test_actual": series[window + train_size :],
    }
