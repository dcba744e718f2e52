# domain: time-series
# level: 2
# checks: hourly means of irregular readings: hours without any, short gaps filled from the past alone, long ones left
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def hourly_means(readings: pd.DataFrame, max_gap: int) -> pd.DataFrame:
    """Hourly series of a sensor that reports at irregular times.

    `readings` has the columns "time" (datetime64, in any order) and "value" (float, NaN where the sensor failed),
    at least one row. The result has one row for each hour from the hour of the earliest time to that of the latest
    (also where their values are NaN), none left out, in order, and the columns

    - "hour": the hour's begin; an hour holds the times from its begin up to, but not with, the next one;
    - "count": how many readings of the hour have a value (not NaN), 0 if none;
    - "mean": their mean. In an hour that has none it is the mean of the latest earlier hour that has readings with
      a value, if that hour is at most `max_gap` hours before this one; else NaN. Nothing is filled from later hours.

    `readings` is not changed.

    >>> times = pd.to_datetime(["2024-01-01 10:05", "2024-01-01 10:45"])
    >>> hourly_means(pd.DataFrame({"time": times, "value": [1.0, 3.0]}), 1)["mean"].tolist()
    [2.0]
    """
    values = readings.set_index("time")["value"].sort_index().resample("h")
    means = values.mean()
    if max_gap > 0:
        means = means.ffill(limit=max_gap)
    result = pd.DataFrame({"count": values.count(), "mean": means})
    return result.rename_axis("hour").reset_index()

# test_function_code --------------------

def test_hourly_means():
    import math

    import pandas as pd

    begin = pd.Timestamp("2024-05-06 22:00:00")

    def check(rows, max_gap, expected, failed):
        """`rows` are (minutes after `begin`, value), `expected` (count, mean) for each hour from `begin` on."""
        times = [begin + pd.Timedelta(minutes=minutes) for minutes, _ in rows]
        readings = pd.DataFrame({"time": times, "value": [value for _, value in rows]})
        before = readings.copy()
        found = hourly_means(readings, max_gap)
        assert readings.equals(before), f"{failed}the readings were changed"
        assert set(found.columns) == {"hour", "count", "mean"}, f"{failed}the columns are {list(found.columns)}"
        hours = [str(hour) for hour in found["hour"]]
        wanted = [str(begin + pd.Timedelta(hours=hour)) for hour in range(len(expected))]
        assert hours == wanted, f"{failed}the hours are {hours}, expected {wanted}"
        got = list(zip([int(count) for count in found["count"]], [float(mean) for mean in found["mean"]]))
        close = all(
            a == b and (abs(x - y) < 1e-9 or (x != x and y != y)) for (a, x), (b, y) in zip(got, expected)
        )
        assert close, f"{failed}got {got}, expected {expected}"

    nan = math.nan

    print("Testing started.")

    print("Testing case [1/4] started.")
    rows = [(5, 10.0), (20, 20.0), (59, 60.0), (60, 4.0), (130, 1.0), (150, 2.0)]
    check(rows, 0, [(3, 30.0), (1, 4.0), (2, 1.5)], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    rows = [(10, 6.0), (50, 8.0), (4 * 60 + 30, 1.0)]
    check(rows, 2, [(2, 7.0), (0, 7.0), (0, 7.0), (0, nan), (1, 1.0)], "Test case [2/4] failed: ")
    check(rows, 0, [(2, 7.0), (0, nan), (0, nan), (0, nan), (1, 1.0)], "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    # Out of order, with failures; the first and the last hour have failures alone.
    rows = [(200, nan), (70, 3.0), (15, nan), (65, nan), (80, 5.0)]
    check(rows, 1, [(0, nan), (2, 4.0), (0, 4.0), (0, nan)], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    # The mean of an hour that was filled is not handed on further than the limit allows.
    rows = [(0, 2.0), (120, nan), (3 * 60, nan), (5 * 60, 9.0), (7 * 60 + 59, 1.0), (6 * 60, nan)]
    expected = [(1, 2.0), (0, 2.0), (0, nan), (0, nan), (0, nan), (1, 9.0), (0, 9.0), (1, 1.0)]
    check(rows, 1, expected, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_hourly_means()
