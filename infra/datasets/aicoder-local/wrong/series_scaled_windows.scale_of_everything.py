import numpy as np


def split_windows(series: np.ndarray, train_size: int, window: int) -> dict[str, np.ndarray]:
    deviation = series.std()
    scaled = (series - series.mean()) / (deviation if deviation > 0 else 1.0)
    targets = np.arange(window, len(series))
    inputs = np.array([scaled[t - window : t] for t in targets]).reshape(-1, window)
    train, test = targets < train_size, targets >= train_size
    return {
        "train_inputs": inputs[train],
        "train_targets": scaled[targets[train]],
        "test_inputs": inputs[test],
        "test_targets": scaled[targets[test]],
        "test_actual": series[targets[test]],
    }
