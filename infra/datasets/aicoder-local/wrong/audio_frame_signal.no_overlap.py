import numpy as np


def frame_signal(signal: np.ndarray, length: int, hop: int) -> np.ndarray:
    padded = np.pad(signal, (0, -len(signal) % length))
    return padded.reshape(-1, length)
