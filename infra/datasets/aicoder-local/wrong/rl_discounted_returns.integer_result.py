import numpy as np


def discounted_returns(rewards: np.ndarray, dones: np.ndarray, last_value: float, gamma: float) -> np.ndarray:
    returns = np.zeros_like(rewards)
    running = last_value
    for t in reversed(range(len(rewards))):
        running = rewards[t] + gamma * running * (1 - dones[t])
        returns[t] = running
    return returns
