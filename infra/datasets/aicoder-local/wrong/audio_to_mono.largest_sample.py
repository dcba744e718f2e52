import numpy as np


def to_mono(samples: np.ndarray, peak: float) -> np.ndarray:
    mono = samples.mean(axis=0)
    return mono if mono.max() == 0 else mono * (peak / mono.max())
