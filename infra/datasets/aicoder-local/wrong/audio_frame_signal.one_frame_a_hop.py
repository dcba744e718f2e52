import numpy as np


def frame_signal(signal: np.ndarray, length: int, hop: int) -> np.ndarray:
    padded = np.pad(signal, (0, length))
    return np.stack([padded[i : i + length] for i in range(0, len(signal), hop)])
