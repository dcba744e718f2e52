# domain: reinforcement-learning
# level: 0
# checks: discounted rewards from each step to the end of an episode
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def returns_to_go(rewards: list[float], gamma: float) -> list[float]:
    """Discounted return of each step of an episode.

    The return of a step is its own reward, plus `gamma` times that of the next step, plus gamma ** 2 times that of the one after, and so on to
    the end of the episode.

    >>> returns_to_go([1.0, 1.0], 0.5)
    [1.5, 1.0]
    """
    returns = []
    following = 0.0
    for reward in reversed(rewards):
        following = reward + gamma * following
        returns.append(following)
    return returns[::-1]

# test_function_code --------------------

def test_returns_to_go():
    def check(rewards, gamma, expected, case):
        found = list(returns_to_go(rewards, gamma))
        close = len(found) == len(expected) and all(abs(a - b) < 1e-9 for a, b in zip(found, expected))
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1.0, 2.0, 4.0], 0.5, [3.0, 4.0, 4.0], "[1/3]")

    print("Testing case [2/3] started.")
    check([0.0, 0.0, 0.0, 10.0], 0.9, [7.29, 8.1, 9.0, 10.0], "[2/3]")

    print("Testing case [3/3] started.")
    check([3.0, -1.0, 2.0], 1.0, [4.0, 1.0, 2.0], "[3/3]")
    check([3.0, -1.0, 2.0], 0.0, [3.0, -1.0, 2.0], "[3/3]")
    check([], 0.9, [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_returns_to_go()
