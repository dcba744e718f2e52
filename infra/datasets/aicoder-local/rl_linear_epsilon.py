# domain: reinforcement-learning
# level: 0
# checks: an exploration rate that falls in a line and then stays
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def epsilon_at(step: int, start: float, end: float, warmup: int, decay: int) -> float:
    """Exploration rate at a step of training.

    In the first `warmup` steps (0 to warmup - 1) it is `start`. Over the next `decay` steps it falls in a straight line, so that it is `start` at step `warmup` and
    `end` at step warmup + decay; after that it stays `end`. `decay` is at least 1.

    >>> epsilon_at(5, 1.0, 0.0, 0, 10)
    0.5
    """
    done = min(max((step - warmup) / decay, 0.0), 1.0)
    return start + (end - start) * done

# test_function_code --------------------

def test_epsilon_at():
    def check(step, start, end, warmup, decay, expected, case):
        found = epsilon_at(step, start, end, warmup, decay)
        close = isinstance(found, (int, float)) and abs(found - expected) < 1e-9
        assert close, f"Test case {case} failed: at step {step} got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(0, 1.0, 0.1, 0, 100, 1.0, "[1/3]")
    check(50, 1.0, 0.2, 0, 100, 0.6, "[1/3]")

    print("Testing case [2/3] started.")
    check(3, 0.9, 0.1, 10, 40, 0.9, "[2/3]")
    check(20, 0.9, 0.1, 10, 40, 0.7, "[2/3]")
    check(10, 0.9, 0.1, 10, 40, 0.9, "[2/3]")

    print("Testing case [3/3] started.")
    check(50, 0.9, 0.1, 10, 40, 0.1, "[3/3]")
    check(9999, 0.9, 0.1, 10, 40, 0.1, "[3/3]")
    check(1, 1.0, 0.5, 0, 1, 0.5, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_epsilon_at()
