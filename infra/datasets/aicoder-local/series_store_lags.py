# domain: time-series
# level: 2
# checks: lags and rolling means go by the calendar within each store, and leave out the day itself
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def add_lags(sales: pd.DataFrame, lag: int, window: int) -> pd.DataFrame:
    """Add features of the past to daily sales of several stores.

    `sales` has the columns "store" (text), "date" (datetime64, midnights) and "sold" (float, never NaN), with rows
    in any order and the index 0, 1, 2, ...; a store has at most one row a day, and some days are missing. Returns
    `sales` with its rows in the same order, its index and columns, and two more columns:

    - "lag": what the store sold exactly `lag` days before, NaN if it has no row for that day;
    - "mean": the mean of "sold" over the store's rows of the `window` days before the row's day (the day itself not
      among them), NaN if it has no row in these days.

    `sales` is not changed.

    >>> dates = pd.to_datetime(["2024-05-01", "2024-05-02", "2024-05-03"])
    >>> sales = pd.DataFrame({"store": ["a", "a", "a"], "date": dates, "sold": [2.0, 4.0, 6.0]})
    >>> add_lags(sales, 1, 2)["lag"].tolist()[1:], add_lags(sales, 1, 2)["mean"].tolist()[1:]
    ([2.0, 4.0], [2.0, 3.0])
    """
    ordered = sales.sort_values("date")
    past = ordered[["store", "date", "sold"]].rename(columns={"sold": "lag"})
    past["date"] += pd.Timedelta(days=lag)
    result = sales.merge(past, on=["store", "date"], how="left").set_axis(sales.index)
    parts = [
        rows.rolling(f"{window}D", on="date", closed="left")["sold"].mean() for _, rows in ordered.groupby("store")
    ]
    return result.assign(mean=pd.concat(parts))

# test_function_code --------------------

def test_add_lags():
    import math

    import pandas as pd

    begin = pd.Timestamp("2024-02-26")

    def check(rows, lag, window, failed):
        sales = pd.DataFrame(
            {
                "store": [store for store, _, _ in rows],
                "date": [begin + pd.Timedelta(days=day) for _, day, _ in rows],
                "sold": [sold for _, _, sold in rows],
            }
        )
        before = sales.copy()
        found = add_lags(sales, lag, window)
        assert sales.equals(before), f"{failed}the sales were changed"
        columns = {"store", "date", "sold", "lag", "mean"}
        assert set(found.columns) == columns, f"{failed}the columns are {list(found.columns)}"
        assert list(found.index) == list(sales.index), f"{failed}the index is {list(found.index)}"
        assert found["sold"].tolist() == sales["sold"].tolist(), f"{failed}the rows are in another order"
        for name in ("lag", "mean"):
            got = [float(value) for value in found[name]]
            expected = []
            for store, day, _ in rows:
                days = [day - lag] if name == "lag" else range(day - window, day)
                past = [sold for other, when, sold in rows if other == store and when in days]
                expected.append(sum(past) / len(past) if past else math.nan)
            close = len(got) == len(expected) and all(
                abs(a - b) < 1e-6 or (a != a and b != b) for a, b in zip(got, expected)
            )
            assert close, f"{failed}{name} is {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    rows = [("north", day, float(day * day)) for day in range(6)]
    check(rows, 1, 3, "Test case [1/3] failed: ")
    check(rows, 2, 1, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    rows = [(store, day, base + day) for day in range(4) for store, base in (("b", 10.0), ("a", 200.0))]
    check(rows, 2, 2, "Test case [2/3] failed: ")
    check(sorted(rows), 1, 3, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    # Days are missing, and the rows are in no order.
    rows = [("a", 9, 7.0), ("b", 3, 50.0), ("a", 1, 3.0), ("a", 4, 11.0), ("b", 0, 90.0), ("a", 3, 5.0), ("b", 9, 70.0)]
    check(rows, 3, 2, "Test case [3/3] failed: ")
    check(rows, 1, 5, "Test case [3/3] failed: ")
    check(rows[::-1], 5, 9, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_add_lags()
