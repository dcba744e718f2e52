# domain: tabular
# level: 0
# checks: the coefficient of determination against the mean
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def r_squared(actual: list[float], predicted: list[float]) -> float:
    """Coefficient of determination of a regression.

    1 minus (sum of the squared errors) / (sum of the squared differences of the actual values from their mean). The actual values are not all the same.

    >>> r_squared([1.0, 3.0], [1.0, 2.0])
    0.5
    """
    mean = sum(actual) / len(actual)
    errors = sum((a - p) ** 2 for a, p in zip(actual, predicted))
    return 1 - errors / sum((a - mean) ** 2 for a in actual)

# test_function_code --------------------

def test_r_squared():
    def check(actual, predicted, expected, case):
        found = r_squared(actual, predicted)
        close = isinstance(found, (int, float)) and abs(found - expected) < 1e-6
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], 1.0, "[1/3]")

    print("Testing case [2/3] started.")
    check([2.0, 4.0, 9.0], [3.0, 4.0, 7.0], 0.8076923, "[2/3]")

    print("Testing case [3/3] started.")
    check([0.0, 10.0], [10.0, 0.0], -3.0, "[3/3]")
    check([1.0, 2.0, 6.0], [3.0, 3.0, 3.0], 0.0, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_r_squared()
