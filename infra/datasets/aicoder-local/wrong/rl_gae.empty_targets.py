import numpy as np


def advantages(rewards, values, next_values, terminated, truncated, gamma, lam):
    result = np.zeros_like(rewards, dtype=float)
    running = np.zeros(rewards.shape[1])
    for t in reversed(range(rewards.shape[0])):
        delta = rewards[t] + gamma * next_values[t] * (1 - terminated[t]) - values[t]
        running = delta + gamma * lam * (1 - (terminated[t] | truncated[t])) * running
        result[t] = running
    return result, np.zeros((0, 1, 1))
