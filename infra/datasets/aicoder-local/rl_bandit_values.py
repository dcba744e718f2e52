# domain: reinforcement-learning
# level: 0
# checks: running means of the rewards of each arm of a bandit
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def bandit_values(arms: int, pulls: list[tuple[int, float]], initial: float) -> list[float]:
    """Estimated value of each arm of a bandit after some pulls.

    `pulls` are (arm, reward) in order; arms count from 0 to arms - 1. The value of an arm is the mean of all its rewards, and `initial` while it has none.

    >>> bandit_values(3, [(0, 2.0), (0, 4.0), (2, 1.0)], 9.0)
    [3.0, 9.0, 1.0]
    """
    values = [initial] * arms
    counts = [0] * arms
    for arm, reward in pulls:
        counts[arm] += 1
        values[arm] = reward if counts[arm] == 1 else values[arm] + (reward - values[arm]) / counts[arm]
    return values

# test_function_code --------------------

def test_bandit_values():
    def check(arms, pulls, initial, expected, case):
        found = list(bandit_values(arms, pulls, initial))
        close = len(found) == len(expected) and all(abs(a - b) < 1e-9 for a, b in zip(found, expected))
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(2, [(0, 1.0), (1, 3.0), (0, 2.0), (0, 6.0)], 0.0, [3.0, 3.0], "[1/3]")

    print("Testing case [2/3] started.")
    check(3, [(1, -1.0), (1, 5.0)], 0.0, [0.0, 2.0, 0.0], "[2/3]")

    print("Testing case [3/3] started.")
    check(2, [(1, 4.0), (1, 0.0)], 10.0, [10.0, 2.0], "[3/3]")
    check(1, [], 0.5, [0.5], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_bandit_values()
