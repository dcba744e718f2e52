import numpy as np


def calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int) -> tuple[float, list[int]]:
    confidence = probabilities[:, 0]
    right = labels == 0
    edges = np.linspace(0, 1, bins + 1)
    error, counts = 0.0, []
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        counts.append(int(inside.sum()))
        if counts[-1]:
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(error), counts
