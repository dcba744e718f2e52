# domain: reinforcement-learning
# level: 2
# checks: Q-learning updates one after another, the maximum of the next state, and nothing beyond a terminal state
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def q_learning(
    transitions: list[tuple[int, int, float, int, bool]], states: int, actions: int, alpha: float, gamma: float
) -> list[list[float]]:
    """Table of action values that Q-learning has after it saw some transitions.

    The table has a row for each state and a column for each action, and starts at 0.0. A transition
    (state, action, reward, next_state, terminal) moves the value of its state and action towards the target by the
    share `alpha`: new = old + alpha * (target - old). The target is reward + gamma * (largest value of
    next_state in the table as it is at that moment), or the reward alone if `terminal` is true. The transitions are
    taken once each, in their order; each sees what those before it have changed.

    >>> q_learning([(0, 1, 2.0, 1, True), (1, 0, 0.0, 0, False)], 2, 2, 0.5, 1.0)
    [[0.0, 1.0], [0.5, 0.0]]
    """
    table = [[0.0] * actions for _ in range(states)]
    for state, action, reward, next_state, terminal in transitions:
        target = reward if terminal else reward + gamma * max(table[next_state])
        table[state][action] += alpha * (target - table[state][action])
    return table

# test_function_code --------------------

def test_q_learning():
    def check(transitions, states, actions, alpha, gamma, expected, failed):
        table = q_learning(transitions, states, actions, alpha, gamma)
        close = len(table) == states and all(
            len(row) == actions and all(abs(a - b) < 1e-9 for a, b in zip(row, wanted))
            for row, wanted in zip(table, expected)
        )
        assert close, f"{failed}got {table}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    steps = [(0, 0, 1.0, 1, False), (0, 0, 1.0, 1, False), (1, 1, -2.0, 0, True)]
    check(steps, 2, 2, 0.5, 0.9, [[0.75, 0.0], [0.0, -1.0]], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    # What the second transition learns, the third one uses.
    steps = [(2, 0, 8.0, 2, True), (1, 0, 0.0, 2, False), (0, 1, 1.0, 1, False)]
    check(steps, 3, 2, 0.5, 0.5, [[0.0, 0.75], [1.0, 0.0], [4.0, 0.0]], "Test case [2/4] failed: ")
    check(steps[::-1], 3, 2, 0.5, 0.5, [[0.0, 0.5], [0.0, 0.0], [4.0, 0.0]], "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    # A terminal state that has values of its own counts for nothing.
    steps = [(1, 0, 10.0, 0, True), (0, 0, 1.0, 1, True), (0, 1, 1.0, 1, False)]
    check(steps, 2, 2, 1.0, 0.5, [[1.0, 6.0], [10.0, 0.0]], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    # The best of the next state is used, whatever was done there next, and 0.0 is better than less.
    steps = [(1, 0, -4.0, 0, True), (1, 1, -6.0, 0, True), (0, 0, 0.0, 1, False), (1, 1, -6.0, 0, True)]
    check(steps, 2, 2, 0.5, 1.0, [[-1.0, 0.0], [-2.0, -4.5]], "Test case [4/4] failed: ")
    check(steps[:1] + steps[2:], 2, 3, 0.5, 1.0, [[0.0] * 3, [-2.0, -3.0, 0.0]], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_q_learning()
