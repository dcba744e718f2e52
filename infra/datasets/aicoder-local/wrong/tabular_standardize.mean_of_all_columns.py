import numpy as np


def standardize(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean, deviation = train.mean(), train.std()
    return (train - mean) / deviation, (test - mean) / deviation
