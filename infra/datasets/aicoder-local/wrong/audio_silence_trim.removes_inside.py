import numpy as np


def trim_silence(signal: np.ndarray, threshold: float) -> np.ndarray:
    return signal[np.abs(signal) >= threshold]
