import numpy as np


def rms_decibels(signal: np.ndarray, floor: float) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(signal**2)) + 1e-12))
