import numpy as np


def calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int) -> tuple[float, list[int]]:
    confidence = probabilities.max(axis=1)
    right = (probabilities.argmax(axis=1) == labels).astype(float)
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    counts = np.bincount(place, minlength=bins)
    gaps = np.bincount(place, weights=right - confidence, minlength=bins)
    return float(np.abs(gaps).sum() / len(labels)), counts.tolist()
