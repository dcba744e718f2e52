# domain: time-series
# level: 0
# checks: windows of a series with the value that comes some steps after each
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def sliding_pairs(series: np.ndarray, size: int, horizon: int) -> tuple[np.ndarray, np.ndarray]:
    """Training pairs for a forecaster from one series.

    Window i holds the values i to i + size - 1, and its target is the value `horizon` steps after the last value of the window (the very next one for
    horizon 1). There is a window for each target that exists. `series` has shape (n,), with n >= size + horizon.

    Returns the windows, shape (m, size), and the targets, shape (m,).

    >>> windows, targets = sliding_pairs(np.array([1, 2, 3, 4]), 2, 1)
    >>> windows.tolist(), targets.tolist()
    ([[1, 2], [2, 3]], [3, 4])
    """
    windows = np.lib.stride_tricks.sliding_window_view(series, size)[: len(series) - size - horizon + 1]
    return windows.copy(), series[size + horizon - 1 :]

# test_function_code --------------------

def test_sliding_pairs():
    import numpy as np

    def check(series, size, horizon, windows, targets, case):
        found = sliding_pairs(np.array(series), size, horizon)
        got = np.asarray(found[0]).tolist()
        assert got == windows, f"Test case {case} failed: the windows are {got}, expected {windows}"
        got = np.asarray(found[1]).tolist()
        assert got == targets, f"Test case {case} failed: the targets are {got}, expected {targets}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([5, 1, 4, 2, 3], 3, 1, [[5, 1, 4], [1, 4, 2]], [2, 3], "[1/3]")

    print("Testing case [2/3] started.")
    check([9, 8, 7, 6, 5, 4], 2, 3, [[9, 8], [8, 7]], [5, 4], "[2/3]")

    print("Testing case [3/3] started.")
    check([1, 3, 5, 7], 1, 2, [[1], [3]], [5, 7], "[3/3]")
    check([2, 4, 6], 2, 1, [[2, 4]], [6], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_sliding_pairs()
