# domain: time-series
# level: 1
# checks: the seasonal naive forecast beyond one season, and a MASE scaled by the training series alone
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def seasonal_baseline(history: np.ndarray, actual: np.ndarray, season: int) -> tuple[np.ndarray, float]:
    """Seasonal naive forecast and its mean absolute scaled error (MASE).

    `history` (n,) is the series up to now, n > `season`; `actual` (h,) what came after it, h >= 1, which may be
    longer than a season. The forecast for a time is the value of `history` at the latest time that lies a whole number
    of seasons before it: the last season of the history, repeated as often as needed.

    The MASE is the mean absolute error of the forecast over the h times, divided by the mean of
    |history[t] - history[t - season]| over all t from `season` to n - 1, which is over 0.

    Returns the forecast, shape (h,), and the MASE.

    >>> forecast, mase = seasonal_baseline(np.array([1.0, 5.0, 2.0, 7.0]), np.array([4.0, 8.0, 2.0]), 2)
    >>> forecast.tolist(), mase
    ([2.0, 7.0, 2.0], 0.6666666666666666)
    """
    last = history[-season:]
    forecast = last[np.arange(len(actual)) % season]
    scale = np.abs(history[season:] - history[:-season]).mean()
    return forecast, float(np.abs(actual - forecast).mean() / scale)

# test_function_code --------------------

def test_seasonal_baseline():
    import numpy as np

    def check(history, actual, season, expected, mase, failed):
        found, error = seasonal_baseline(np.array(history, dtype=float), np.array(actual, dtype=float), season)
        found = np.asarray(found, dtype=float).tolist()
        assert found == expected, f"{failed}the forecast is {found}, expected {expected}"
        assert abs(error - mase) < 1e-9, f"{failed}the MASE is {error}, expected {mase}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    history = [10, 20, 30, 12, 24, 36]
    check(history, [13, 24, 40], 3, [12.0, 24.0, 36.0], (5 / 3) / 4, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    # The history doesn't end with a season, and the forecast is longer than one.
    history = [1, 2, 3, 4, 6, 8, 9]
    expected = [4.0, 6.0, 8.0, 9.0, 4.0, 6.0]
    check(history, [5, 5, 5, 5, 5, 5], 4, expected, (11 / 6) / (17 / 3), "Test case [2/3] failed: ")
    check([5, 5, 9], [8], 2, [5.0], 3 / 4, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    check([3, 4, 6, 9], [10, 8], 1, [9.0, 9.0], 1.0 / 2.0, "Test case [3/3] failed: ")
    check([3, 4, 6, 9], [4, 6, 9, 4], 3, [4.0, 6.0, 9.0, 4.0], 0.0, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_seasonal_baseline()
