import numpy as np


def trim_silence(signal: np.ndarray, threshold: float) -> np.ndarray:
    loud = np.flatnonzero(np.abs(signal) >= threshold)
    return signal[loud[0] : loud[-1]] if len(loud) else signal[:0]
