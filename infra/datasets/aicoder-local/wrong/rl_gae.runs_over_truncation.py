import numpy as np


def advantages(rewards, values, next_values, terminated, truncated, gamma, lam):
    alive = 1.0 - terminated
    result = np.zeros_like(rewards, dtype=float)
    running = np.zeros(rewards.shape[1])
    for t in reversed(range(rewards.shape[0])):
        delta = rewards[t] + gamma * next_values[t] * alive[t] - values[t]
        running = delta + gamma * lam * alive[t] * running
        result[t] = running
    return result, result + values
