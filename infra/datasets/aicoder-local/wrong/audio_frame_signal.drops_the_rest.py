import numpy as np


def frame_signal(signal: np.ndarray, length: int, hop: int) -> np.ndarray:
    count = max(1, 1 + (len(signal) - length) // hop)
    padded = np.pad(signal, (0, max(0, length - len(signal))))
    return np.stack([padded[i * hop : i * hop + length] for i in range(count)])
