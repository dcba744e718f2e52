# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def fit_slope(xs: list[float], ys: list[float]) -> float:
    """Linear regression through the origin: the least-squares slope of y = slope * x.

    It is the sum of x * y over all points divided by the sum of x * x, and 0.0 if all xs are zero.

    >>> fit_slope([1, 2, 3], [2, 4, 6])
    2.0
    >>> fit_slope([0, 0], [1, 2])
    0.0
    """
    squares = sum(x * x for x in xs)
    return sum(x * y for x, y in zip(xs, ys)) / squares if squares else 0.0

# test_function_code --------------------

def test_fit_slope():
    def check(xs, ys, expected, case):
        slope = fit_slope(xs, ys)
        assert abs(slope - expected) < 1e-9, f"Test case {case} failed: got {slope}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1, 2, 3, 4], [2.0, 2.5, 4.5, 5.0], 1.35, "[1/3]")
    check([-2.0, 0.0, 3.0], [4.0, 4.0, 4.0], 4 / 13, "[1/3]")

    print("Testing case [2/3] started.")
    check([5.0, 3.0], [0.0, -1.0], -3 / 34, "[2/3]")
    check([1.0, -1.0], [1.0, 1.0], 0.0, "[2/3]")

    print("Testing case [3/3] started.")
    check([0.0, 0.0], [3.0, 4.0], 0.0, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_fit_slope()
