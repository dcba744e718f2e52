import numpy as np


def calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int) -> tuple[float, list[int]]:
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    edges = np.linspace(0, 1, bins + 1)
    errors, counts = [], []
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        counts.append(int(inside.sum()))
        if counts[-1]:
            errors.append(abs(right[inside].mean() - confidence[inside].mean()))
    return float(np.mean(errors)), counts
