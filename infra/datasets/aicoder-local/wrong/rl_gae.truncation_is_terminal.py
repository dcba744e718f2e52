import numpy as np


def advantages(rewards, values, next_values, terminated, truncated, gamma, lam):
    done = np.logical_or(terminated, truncated).astype(float)
    result = np.zeros_like(rewards, dtype=float)
    running = np.zeros(rewards.shape[1])
    for t in reversed(range(rewards.shape[0])):
        delta = rewards[t] + gamma * next_values[t] * (1 - done[t]) - values[t]
        running = delta + gamma * lam * (1 - done[t]) * running
        result[t] = running
    return result, result + values
