# domain: reinforcement-learning
# level: 3
# checks: n-step transitions for a replay buffer stop at the end of an episode, with the discount that belongs to them
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def n_step_transitions(
    steps: list[tuple[int, int, float, int, bool]], n: int, gamma: float
) -> list[tuple[int, int, float, int, float]]:
    """Turn the steps of an agent into n-step transitions for a replay buffer.

    A step is (state, action, reward, next_state, terminal); the steps are in order, and after one whose
    `terminal` is true the next belongs to a new episode. Each step t starts a transition over the m steps
    t, t + 1, ..., t + m - 1, where m is `n`, or less if the episode terminates before that: then it ends with
    the terminal step. Steps whose n steps are not complete because the list ends without a terminal step
    start no transition: they wait for more.

    A transition is (state, action, total, last_state, discount): state and action of step t, the total of
    gamma**k times the reward of step t + k for k = 0 to m - 1, the next_state of the last of its steps, and the
    factor by which a value of last_state counts: gamma**m, or 0.0 if the last of its steps is terminal. Returns
    the transitions in the order of the steps.

    >>> n_step_transitions([(0, 1, 1.0, 5, False), (5, 0, 2.0, 6, False), (6, 1, 4.0, 7, False)], 2, 0.5)
    [(0, 1, 2.0, 6, 0.25), (5, 0, 4.0, 7, 0.25)]
    """
    transitions = []
    for start, (state, action, *_) in enumerate(steps):
        total = 0.0
        for k, (_, _, reward, last_state, terminal) in enumerate(steps[start : start + n]):
            total += gamma**k * reward
            if terminal or k == n - 1:
                transitions.append((state, action, total, last_state, 0.0 if terminal else gamma**n))
                break
    return transitions

# test_function_code --------------------

def test_n_step_transitions():
    def check(steps, n, gamma, expected, failed):
        found = [tuple(transition) for transition in n_step_transitions(steps, n, gamma)]
        assert [len(one) for one in found] == [5] * len(expected), f"{failed}got {found}, expected {expected}"
        close = all(abs(a - b) < 1e-9 for one, wanted in zip(found, expected) for a, b in zip(one, wanted))
        assert close, f"{failed}got {found}, expected {expected}"

    going = [(0, 1, 1.0, 1, False), (1, 0, 2.0, 2, False), (2, 1, 4.0, 3, False), (3, 1, 8.0, 4, False)]
    ending = [*going[:3], (3, 1, 8.0, 9, True)]

    print("Testing started.")

    print("Testing case [1/4] started.")
    expected = [(0, 1, 3.0, 3, 0.125), (1, 0, 6.0, 4, 0.125)]
    check(going, 3, 0.5, expected, "Test case [1/4] failed: ")
    check(going, 5, 0.5, [], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    expected = [(0, 1, 3.0, 3, 0.125), (1, 0, 6.0, 9, 0.0), (2, 1, 8.0, 9, 0.0), (3, 1, 8.0, 9, 0.0)]
    check(ending, 3, 0.5, expected, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    steps = [(5, 0, 1.0, 6, True), (7, 1, 16.0, 8, False), (8, 0, 32.0, 9, True), (0, 0, 64.0, 1, False)]
    expected = [(5, 0, 1.0, 6, 0.0), (7, 1, 24.0, 9, 0.0), (8, 0, 32.0, 9, 0.0)]
    check(steps, 2, 0.25, expected, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    expected = [(s, a, r, following, 0.0 if terminal else 0.9) for s, a, r, following, terminal in ending]
    check(ending, 1, 0.9, expected, "Test case [4/4] failed: ")
    check([], 3, 0.9, [], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_n_step_transitions()
