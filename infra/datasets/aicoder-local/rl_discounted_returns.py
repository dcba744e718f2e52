# domain: reinforcement-learning
# level: 1
# checks: returns start anew at the end of each episode, and the last, unfinished episode goes on with a value
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def discounted_returns(rewards: np.ndarray, dones: np.ndarray, last_value: float, gamma: float) -> np.ndarray:
    """Discounted return of each step of a rollout that holds several episodes one after another.

    `rewards` and `dones` have shape (steps,); dones[t] is true where an episode ended with step t, so that
    step t + 1 belongs to the next episode. The return of step t is
    rewards[t] + gamma * (return of step t + 1), or rewards[t] alone if dones[t]. Beyond the last step stands
    `last_value`, the estimated value of the state reached, unless the last step ended its episode.

    Returns float64 returns, shape (steps,). No argument is changed.

    >>> discounted_returns(np.array([1.0, 2.0, 4.0]), np.array([False, True, False]), 8.0, 0.5).tolist()
    [2.0, 2.0, 8.0]
    """
    returns = np.zeros(len(rewards))
    following = last_value
    for t in reversed(range(len(rewards))):
        following = rewards[t] + (0.0 if dones[t] else gamma * following)
        returns[t] = following
    return returns

# test_function_code --------------------

def test_discounted_returns():
    import numpy as np

    def check(rewards, dones, last_value, gamma, expected, failed):
        found = discounted_returns(np.array(rewards), np.array(dones, dtype=bool), last_value, gamma)
        found = np.asarray(found, dtype=float).tolist()
        close = len(found) == len(expected) and all(abs(a - b) < 1e-9 for a, b in zip(found, expected))
        assert close, f"{failed}got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([1.0, 0.0, 2.0], [0, 0, 1], 100.0, 0.5, [1.5, 1.0, 2.0], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    expected = [1.0, 1.9, 1.0, 2.71, 1.9, 1.0]
    check([1.0] * 6, [1, 0, 1, 0, 0, 1], 5.0, 0.9, expected, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    check([1.0, -1.0, 3.0], [0, 1, 0], 10.0, 0.5, [0.5, -1.0, 8.0], "Test case [3/4] failed: ")
    check([0.0, 0.0], [0, 0], 4.0, 0.5, [1.0, 2.0], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check([2, 3, 5], [0, 0, 0], 1.0, 0.0, [2.0, 3.0, 5.0], "Test case [4/4] failed: ")
    check([2, 3, 5], [0, 0, 0], 1.5, 1.0, [11.5, 9.5, 6.5], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_discounted_returns()
