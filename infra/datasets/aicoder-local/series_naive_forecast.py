# domain: time-series
# level: 0
# checks: the seasonal naive forecast, longer than a season too
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def naive_forecast(series: list[float], period: int, steps: int) -> list[float]:
    """Seasonal naive forecast: each season is like the last one.

    The forecast repeats the last `period` values of `series`, in their order, as often as is needed for `steps` values. With period 1 that is the last value again and
    again. `series` has `period` values or more.

    >>> naive_forecast([1.0, 2.0, 3.0], 2, 3)
    [2.0, 3.0, 2.0]
    """
    season = series[-period:]
    return [season[step % period] for step in range(steps)]

# test_function_code --------------------

def test_naive_forecast():
    def check(series, period, steps, expected, case):
        found = list(naive_forecast(series, period, steps))
        close = len(found) == len(expected) and all(abs(a - b) < 1e-9 for a, b in zip(found, expected))
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([5.0, 7.0, 9.0], 1, 3, [9.0, 9.0, 9.0], "[1/3]")

    print("Testing case [2/3] started.")
    check([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3, 3, [4.0, 5.0, 6.0], "[2/3]")

    print("Testing case [3/3] started.")
    check([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 4, 6, [3.0, 4.0, 5.0, 6.0, 3.0, 4.0], "[3/3]")
    check([8.0, 9.0], 2, 1, [8.0], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_naive_forecast()
