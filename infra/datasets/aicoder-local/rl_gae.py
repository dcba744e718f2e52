# domain: reinforcement-learning
# level: 3
# checks: advantages tell an episode that ended from one that was cut short, and stop at both
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def advantages(
    rewards: np.ndarray,
    values: np.ndarray,
    next_values: np.ndarray,
    terminated: np.ndarray,
    truncated: np.ndarray,
    gamma: float,
    lam: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Generalised advantage estimates (GAE) of a rollout in several environments.

    All arrays have shape (steps, environments). `values[t]` are the estimated values of the states in which step t
    began, `next_values[t]` those of the states in which it ended, before any reset: where an episode ends with step t
    the next one starts from another state, so that values[t + 1] is something else. `terminated[t]` is true where
    step t reached a terminal state, whose value is 0 whatever next_values says; `truncated[t]` is true
    where the episode was cut short, for example by a time limit, in a state that has its estimated value.
    Both may be true at once, which is the same as terminated.

    With delta[t] = rewards[t] + gamma * (value of the state in which t ended) - values[t], the advantage of a step
    is delta[t] + gamma * lam * (advantage of t + 1), or delta[t] alone where its episode or the rollout ended with it.

    Returns advantages and value targets (advantages + values), both float64, shape (steps, environments).

    >>> one, ended = np.array([[1.0], [1.0]]), np.array([[False], [True]])
    >>> advantages(one, one, one * 4, ended, ended & False, 0.5, 0.5)[0].tolist()
    [[2.0], [0.0]]
    """
    result = np.zeros(rewards.shape)
    following = np.zeros(rewards.shape[1])
    delta = rewards + gamma * np.where(terminated, 0.0, next_values) - values
    for t in reversed(range(len(rewards))):
        following = delta[t] + gamma * lam * np.where(terminated[t] | truncated[t], 0.0, following)
        result[t] = following
    return result, result + values

# test_function_code --------------------

def test_advantages():
    import numpy as np

    def naive(rewards, values, next_values, terminated, truncated, gamma, lam):
        steps, count = rewards.shape
        result = np.zeros((steps, count))
        for n in range(count):
            for start in range(steps):
                factor = 1.0
                for t in range(start, steps):
                    ahead = 0.0 if terminated[t, n] else next_values[t, n]
                    result[start, n] += factor * (rewards[t, n] + gamma * ahead - values[t, n])
                    factor *= gamma * lam
                    if terminated[t, n] or truncated[t, n]:
                        break
        return result

    def check(rewards, values, next_values, terminated, truncated, gamma, lam, failed):
        arrays = [np.array(x, dtype=float) for x in (rewards, values, next_values)]
        flags = [np.array(x, dtype=bool) for x in (terminated, truncated)]
        found, targets = advantages(*arrays, *flags, gamma, lam)
        found, targets = np.asarray(found, dtype=float), np.asarray(targets, dtype=float)
        expected = naive(*arrays, *flags, gamma, lam)
        assert found.shape == expected.shape, f"{failed}the shape is {found.shape}"
        assert np.allclose(found, expected, atol=1e-9), f"{failed}got {found.tolist()}, expected {expected.tolist()}"
        assert np.allclose(targets, expected + arrays[1], atol=1e-9), f"{failed}the targets are {targets.tolist()}"
        assert targets.shape == expected.shape, f"{failed}the targets are of shape {targets.shape}"

    random = np.random.default_rng(8)
    rewards, values, next_values = random.normal(size=(3, 7, 2))
    never = np.zeros((7, 2), dtype=bool)

    print("Testing started.")
    print("Testing case [1/4] started.")
    check([[1.0], [2.0]], [[0.5], [1.0]], [[1.0], [4.0]], [[0], [0]], [[0], [0]], 0.5, 0.5, "Test case [1/4] failed: ")
    check(rewards, values, next_values, never, never, 0.99, 0.95, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    ended = never.copy()
    ended[[2, 6, 4], [0, 0, 1]] = True
    check(rewards, values, next_values, ended, never, 0.9, 0.8, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    check(rewards, values, next_values, never, ended, 0.9, 0.8, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    other = never.copy()
    other[[0, 2, 5], [0, 0, 1]] = True
    check(rewards, values, next_values, ended, other, 0.95, 0.9, "Test case [4/4] failed: ")
    check(rewards, values, next_values, other, ended, 0.95, 1.0, "Test case [4/4] failed: ")
    check(rewards, values, next_values, other, ended, 0.95, 0.0, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_advantages()
