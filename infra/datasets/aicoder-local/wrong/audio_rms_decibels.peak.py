import numpy as np


def rms_decibels(signal: np.ndarray, floor: float) -> float:
    peak = np.abs(signal).max()
    return float(max(20 * np.log10(peak), floor)) if peak > 0 else float(floor)
