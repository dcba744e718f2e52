import numpy as np


def epsilon_greedy(q_values: np.ndarray, allowed: np.ndarray, epsilon: float) -> np.ndarray:
    masked = np.where(allowed, q_values, -np.inf)
    probabilities = np.zeros(q_values.shape)
    for row in range(len(q_values)):
        best = np.flatnonzero(masked[row] == masked[row].max())
        others = np.setdiff1d(np.flatnonzero(allowed[row]), best)
        if len(others) == 0:
            probabilities[row, best] = 1 / len(best)
        else:
            probabilities[row, best] = (1 - epsilon) / len(best)
            probabilities[row, others] = epsilon / len(others)
    return probabilities
