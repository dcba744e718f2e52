# domain: time-series
# level: 0
# checks: a symmetric percentage error, where both values are zero too
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def smape(actual: list[float], forecast: list[float]) -> float:
    """Symmetric mean absolute percentage error of a forecast, in percent.

    The mean over all points of 100 * |forecast - actual| / ((|actual| + |forecast|) / 2). A point where both are 0 counts as an error of 0. Both lists are
    equally long and not empty.

    >>> smape([1.0, 2.0], [3.0, 2.0])
    50.0
    """
    total = 0.0
    for a, f in zip(actual, forecast):
        size = (abs(a) + abs(f)) / 2
        total += abs(f - a) / size if size > 0 else 0.0
    return 100 * total / len(actual)

# test_function_code --------------------

def test_smape():
    def check(actual, forecast, expected, case):
        found = smape(actual, forecast)
        close = isinstance(found, (int, float)) and abs(found - expected) < 1e-6
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([100.0, 50.0], [150.0, 50.0], 20.0, "[1/3]")

    print("Testing case [2/3] started.")
    check([-1.0, 4.0, 2.0], [-3.0, 4.0, 6.0], 200 / 3, "[2/3]")

    print("Testing case [3/3] started.")
    check([0.0, 0.0, 3.0], [0.0, 5.0, 1.0], 100.0, "[3/3]")
    check([1.0], [-1.0], 200.0, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_smape()
