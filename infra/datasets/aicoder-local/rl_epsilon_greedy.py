# domain: reinforcement-learning
# level: 1
# checks: probabilities of an epsilon-greedy policy with ties and with actions that are not allowed
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def epsilon_greedy(q_values: np.ndarray, allowed: np.ndarray, epsilon: float) -> np.ndarray:
    """Probabilities with which an epsilon-greedy policy takes each action.

    `q_values` has shape (states, actions), `allowed` is boolean of the same shape, with one or more allowed
    actions in each state. With probability `epsilon` the policy draws one of all of the state's allowed actions,
    each as likely as the others; otherwise it takes the best: the allowed action with the largest value, or one
    drawn evenly if several allowed ones share that value. Actions that are not allowed have probability 0.

    Returns the probabilities, float64, of the shape of `q_values`.

    >>> epsilon_greedy(np.array([[1.0, 5.0]]), np.array([[True, True]]), 0.5).tolist()
    [[0.25, 0.75]]
    """
    values = np.where(allowed, q_values, -np.inf)
    best = allowed & (values == values.max(axis=1, keepdims=True))
    evenly = allowed / allowed.sum(axis=1, keepdims=True)
    return epsilon * evenly + (1 - epsilon) * best / best.sum(axis=1, keepdims=True)

# test_function_code --------------------

def test_epsilon_greedy():
    import numpy as np

    def check(q_values, allowed, epsilon, expected, failed):
        found = epsilon_greedy(np.array(q_values), np.array(allowed, dtype=bool), epsilon)
        found = np.asarray(found, dtype=float)
        assert found.shape == np.shape(expected), f"{failed}the shape is {found.shape}"
        assert np.allclose(found, expected, atol=1e-9), f"{failed}got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    everything = [[1, 1, 1, 1], [1, 1, 1, 1]]
    expected = [[0.05, 0.85, 0.05, 0.05], [0.05, 0.05, 0.05, 0.85]]
    check([[0.0, 2.0, 1.0, -1.0], [-4.0, -3.0, -2.0, -1.0]], everything, 0.2, expected, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    check([[3.0, 3.0, 1.0]], [[1, 1, 1]], 0.3, [[0.45, 0.45, 0.1]], "Test case [2/4] failed: ")
    check([[0.0, 0.0, 0.0, 0.0]], [[1, 1, 1, 1]], 0.5, [[0.25] * 4], "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    expected = [[0.0, 0.2, 0.8, 0.0], [1.0, 0.0, 0.0, 0.0]]
    allowed = [[0, 1, 1, 0], [1, 0, 0, 0]]
    check([[9.0, -5.0, -2.0, 9.0], [-3.0, 0.0, 0.0, 0.0]], allowed, 0.4, expected, "Test case [3/4] failed: ")
    check([[9.0, -2.0, -2.0]], [[0, 1, 1]], 0.0, [[0.0, 0.5, 0.5]], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check([[1.0, 7.0, 3.0]], [[1, 1, 1]], 0.0, [[0.0, 1.0, 0.0]], "Test case [4/4] failed: ")
    check([[1.0, 7.0, 3.0]], [[1, 0, 1]], 1.0, [[0.5, 0.0, 0.5]], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_epsilon_greedy()
