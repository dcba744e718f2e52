import numpy as np


def to_mono(samples: np.ndarray, peak: float) -> np.ndarray:
    mono = samples.mean(axis=1)
    loudest = np.abs(mono).max()
    return mono if loudest == 0 else mono * (peak / loudest)
