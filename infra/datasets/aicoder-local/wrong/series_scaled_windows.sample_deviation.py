import numpy as np


def split_windows(series: np.ndarray, train_size: int, window: int) -> dict[str, np.ndarray]:
    train = series[:train_size]
    deviation = train.std(ddof=1)
    scaled = (series - train.mean()) / (deviation if deviation > 0 else 1.0)
    targets = np.arange(window, len(series))
    inputs = np.array([scaled[t - window : t] for t in targets]).reshape(-1, window)
    in_train = targets < train_size
    return {
        "train_inputs": inputs[in_train],
        "train_targets": scaled[targets[in_train]],
        "test_inputs": inputs[~in_train],
        "test_targets": scaled[targets[~in_train]],
        "test_actual": series[targets[~in_train]],
    }
