import numpy as np


def to_mono(samples: np.ndarray, peak: float) -> np.ndarray:
    mono = samples.mean(axis=0)
    return mono / np.abs(mono).max() * peak
