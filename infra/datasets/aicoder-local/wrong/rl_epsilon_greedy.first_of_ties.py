import numpy as np


def epsilon_greedy(q_values: np.ndarray, allowed: np.ndarray, epsilon: float) -> np.ndarray:
    masked = np.where(allowed, q_values, -np.inf)
    probabilities = allowed * (epsilon / allowed.sum(axis=1, keepdims=True))
    probabilities[np.arange(len(q_values)), masked.argmax(axis=1)] += 1 - epsilon
    return probabilities
