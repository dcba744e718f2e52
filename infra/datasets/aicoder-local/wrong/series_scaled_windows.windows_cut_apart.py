import numpy as np


def split_windows(series: np.ndarray, train_size: int, window: int) -> dict[str, np.ndarray]:
    train, test = series[:train_size], series[train_size:]
    mean, deviation = train.mean(), train.std()
    if deviation == 0:
        deviation = 1.0

    def samples(part):
        scaled = (part - mean) / deviation
        inputs = [scaled[i : i + window] for i in range(len(scaled) - window)]
        return np.array(inputs).reshape(-1, window), scaled[window:]

    train_inputs, train_targets = samples(train)
    test_inputs, test_targets = samples(test)
    return {
        "train_inputs": train_inputs,
        "train_targets": train_targets,
        "test_inputs": test_inputs,
        "test_targets": test_targets,
        "test_actual": test[window:],
    }
