import numpy as np


def epsilon_greedy(q_values: np.ndarray, allowed: np.ndarray, epsilon: float) -> np.ndarray:
    # A product leaves 0 where an action is not allowed, which is the best of negative values.
    masked = q_values * allowed
    best = masked == masked.max(axis=1, keepdims=True)
    greedy = best / best.sum(axis=1, keepdims=True)
    probabilities = (epsilon / allowed.sum(axis=1, keepdims=True) + (1 - epsilon) * greedy) * allowed
    return probabilities
