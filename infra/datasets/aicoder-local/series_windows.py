# domain: time-series
# level: 1
# checks: windows and their targets of a multivariate series: the horizon, the last window, the column to predict
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def make_windows(series: np.ndarray, window: int, horizon: int, target: int) -> tuple[np.ndarray, np.ndarray]:
    """Cut a series into inputs and targets for a forecasting model.

    `series` has shape (times, columns). Each input is `window` consecutive times of all columns; its target is
    the value of column `target` at the time `horizon` steps after the last time of the input: with horizon 1 the
    very next one. Windows start at time 0, 1, 2 and so on, as long as their target is in the series.

    Returns inputs of shape (n, window, columns) and targets of shape (n,); n is 0 if the series is too short.

    >>> make_windows(np.arange(5.0).reshape(5, 1), 2, 2, 0)[1].tolist()
    [3.0, 4.0]
    """
    count = max(len(series) - window - horizon + 1, 0)
    inputs = np.zeros((count, window, series.shape[1]))
    for start in range(count):
        inputs[start] = series[start : start + window]
    ends = np.arange(count) + window + horizon - 1
    return inputs, series[ends, target]

# test_function_code --------------------

def test_make_windows():
    import numpy as np

    def check(series, window, horizon, target, count, failed):
        inputs, targets = make_windows(np.array(series, dtype=float), window, horizon, target)
        inputs, targets = np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float)
        shapes = [inputs.shape, targets.shape]
        wanted = [(count, window, len(series[0])), (count,)]
        assert shapes == wanted, f"{failed}the shapes are {shapes}, expected {wanted}"
        for start in range(count):
            expected = [list(map(float, series[start + step])) for step in range(window)]
            got = inputs[start].tolist()
            assert got == expected, f"{failed}window {start} is {got}, expected {expected}"
            value = float(series[start + window - 1 + horizon][target])
            assert targets[start] == value, f"{failed}target {start} is {targets[start]}, expected {value}"

    series = [[time, 100 - time * time, 0.5 * time] for time in range(9)]

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(series, 3, 1, 1, 6, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    check(series, 4, 3, 2, 3, "Test case [2/3] failed: ")
    check(series, 1, 8, 0, 1, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    check(series, 6, 3, 1, 1, "Test case [3/3] failed: ")
    check(series, 6, 4, 1, 0, "Test case [3/3] failed: ")
    check(series[:2], 5, 1, 0, 0, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_make_windows()
