import numpy as np


def advantages(rewards, values, next_values, terminated, truncated, gamma, lam):
    steps = rewards.shape[0]
    result = np.zeros_like(rewards, dtype=float)
    running = np.zeros(rewards.shape[1])
    for t in reversed(range(steps)):
        ahead = next_values[t] if t == steps - 1 else values[t + 1]
        delta = rewards[t] + gamma * ahead * (1 - terminated[t]) - values[t]
        running = delta + gamma * lam * (1 - (terminated[t] | truncated[t])) * running
        result[t] = running
    return result, result + values
