# domain: reinforcement-learning
# level: 0
# checks: the best allowed action of each state
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def greedy_actions(q_values: list[list[float]], allowed: list[list[bool]]) -> list[int]:
    """Greedy action of each state.

    q_values[s][a] is the value of action a in state s, allowed[s][a] tells whether the action may be taken there; one at least may. The result has for each state
    the index of the allowed action with the largest value, the first of them if several share it.

    >>> greedy_actions([[1.0, 5.0], [2.0, 9.0]], [[True, True], [True, False]])
    [1, 0]
    """
    actions = []
    for values, may in zip(q_values, allowed):
        actions.append(max((a for a in range(len(values)) if may[a]), key=lambda a: values[a]))
    return actions

# test_function_code --------------------

def test_greedy_actions():
    def check(q_values, allowed, expected, case):
        found = [int(action) for action in greedy_actions(q_values, allowed)]
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0.1, 0.5, 0.2], [3.0, 1.0, 2.0]], [[True] * 3] * 2, [1, 0], "[1/3]")

    print("Testing case [2/3] started.")
    check([[-5.0, -1.0, -3.0], [-2.0, -1.0, -4.0]], [[True, False, True], [False, False, True]], [2, 2], "[2/3]")

    print("Testing case [3/3] started.")
    check([[1.0, 4.0, 4.0]], [[True, True, True]], [1], "[3/3]")
    check([[7.0, 4.0, 4.0]], [[False, True, True]], [1], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_greedy_actions()
