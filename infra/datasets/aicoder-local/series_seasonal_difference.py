# domain: time-series
# level: 0
# checks: differences to the season before, and the way back
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def undo_difference(first: np.ndarray, differences: np.ndarray, period: int) -> np.ndarray:
    """Rebuild a series from its seasonal differences.

    differences[i] is series[i + period] - series[i]; `first`, shape (period,), holds the first `period` values of the series.

    Returns the whole series in float64, shape (period + len(differences),).

    >>> undo_difference(np.array([1.0]), np.array([2.0, 3.0]), 1).tolist()
    [1.0, 3.0, 6.0]
    """
    series = [float(value) for value in first]
    for i, difference in enumerate(differences):
        series.append(series[i] + float(difference))
    return np.array(series)

# test_function_code --------------------

def test_undo_difference():
    import numpy as np

    def check(first, differences, period, expected, case):
        found = np.asarray(undo_difference(np.array(first, dtype=float), np.array(differences, dtype=float), period), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([10.0, 20.0], [1.0, 2.0, 3.0, 4.0], 2, [10.0, 20.0, 11.0, 22.0, 14.0, 26.0], "[1/3]")

    print("Testing case [2/3] started.")
    check([5.0], [-1.0, -1.0, 4.0], 1, [5.0, 4.0, 3.0, 7.0], "[2/3]")

    print("Testing case [3/3] started.")
    check([1.0, 2.0, 3.0], [0.5], 3, [1.0, 2.0, 3.0, 1.5], "[3/3]")
    check([7.0, 8.0], [], 2, [7.0, 8.0], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_undo_difference()
