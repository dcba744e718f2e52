import numpy as np


def discounted_returns(rewards: np.ndarray, dones: np.ndarray, last_value: float, gamma: float) -> np.ndarray:
    returns = np.zeros(len(rewards))
    running = 0.0 if dones[-1] else last_value
    for t in range(len(rewards) - 1, -1, -1):
        running = rewards[t] + gamma * running
        returns[t] = running
    return returns
