import numpy as np


def discounted_returns(rewards: np.ndarray, dones: np.ndarray, last_value: float, gamma: float) -> np.ndarray:
    returns = np.zeros(len(rewards), dtype=np.float64)
    running = last_value
    for t in reversed(range(len(rewards))):
        running = rewards[t] + gamma * running
        returns[t] = running
        if dones[t]:
            running = 0.0
    return returns
