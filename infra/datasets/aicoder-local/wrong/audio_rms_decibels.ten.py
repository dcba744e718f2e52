import numpy as np


def rms_decibels(signal: np.ndarray, floor: float) -> float:
    rms = np.sqrt(np.mean(signal**2))
    return float(max(10 * np.log10(rms), floor)) if rms > 0 else float(floor)
