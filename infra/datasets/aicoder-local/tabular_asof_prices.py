# domain: tabular
# level: 2
# checks: a join by time takes the latest price before each trade, by key, never a later one or one too old
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def price_trades(trades: pd.DataFrame, quotes: pd.DataFrame, max_age_seconds: int) -> pd.DataFrame:
    """Find for each trade the price that was known when it happened.

    `trades` has the columns "time" (datetime64), "symbol" (text) and "size" (integer); `quotes` has "time",
    "symbol" and "price" (float). The rows of both are in any order, with any index. No two quotes of a symbol have
    the same time.

    The price of a trade is that of the latest quote with its symbol whose time is not after the trade's (the same time
    counts) and at most `max_age_seconds` before it; NaN if there is none.

    Returns the columns of `trades` and "price", one row for each trade, in the order of `trades` and with its index.
    The arguments are not changed.

    >>> trades = pd.DataFrame({"time": pd.to_datetime(["2024-01-01 09:05"]), "symbol": ["X"], "size": [3]})
    >>> times = pd.to_datetime(["2024-01-01 09:04", "2024-01-01 09:06"])
    >>> quotes = pd.DataFrame({"time": times, "symbol": ["X", "X"], "price": [10.0, 11.0]})
    >>> price_trades(trades, quotes, 600)["price"].tolist()
    [10.0]
    """
    rows = trades.assign(position=range(len(trades))).sort_values("time")
    joined = pd.merge_asof(
        rows,
        quotes[["time", "symbol", "price"]].sort_values("time"),
        on="time",
        by="symbol",
        tolerance=pd.Timedelta(seconds=max_age_seconds),
    )
    return joined.sort_values("position").drop(columns="position").set_axis(trades.index)

# test_function_code --------------------

def test_price_trades():
    import pandas as pd

    def frame(rows, columns, index=None):
        table = pd.DataFrame(rows, columns=columns, index=index)
        table["time"] = pd.Timestamp("2024-03-01 09:00:00") + pd.to_timedelta(table["time"], unit="s")
        return table

    def check(trades, quotes, max_age, index, failed):
        table = frame(trades, ["time", "symbol", "size"], index)
        found = price_trades(table, frame(quotes, ["time", "symbol", "price"]), max_age)
        expected = []
        for time, symbol, _ in trades:
            known = [(when, price) for when, name, price in quotes if name == symbol and time - max_age <= when <= time]
            expected.append(max(known)[1] if known else None)
        assert list(found.index) == list(table.index), f"{failed}the index is {list(found.index)}"
        assert set(found.columns) == {"time", "symbol", "size", "price"}, f"{failed}columns {list(found.columns)}"
        sizes = [int(size) for size in found["size"]]
        assert sizes == [size for _, _, size in trades], f"{failed}the sizes are {sizes}"
        prices = [None if price != price else float(price) for price in found["price"]]
        assert prices == expected, f"{failed}the prices are {prices}, expected {expected}"

    quotes = [(0, "X", 10.0), (5, "X", 11.0), (9, "X", 12.0), (2, "Y", 50.0), (8, "Y", 51.0)]

    print("Testing started.")

    print("Testing case [1/4] started.")
    trades = [(1, "X", 1), (4, "X", 2), (5, "X", 3), (8, "X", 4), (9, "Y", 5)]
    check(trades, quotes, 100, None, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    trades = [(1, "Y", 1), (3, "Z", 2), (7, "Y", 3), (20, "X", 4)]
    check(trades, quotes, 100, None, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    trades = [(4, "X", 1), (3, "X", 2), (12, "X", 3), (13, "X", 4), (6, "Y", 5), (5, "Y", 6)]
    check(trades, quotes, 3, None, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    trades = [(30, "Y", 7), (6, "X", 8), (3, "Y", 9), (10, "X", 10), (0, "X", 11)]
    check(trades, quotes[::-1], 60, [4, 9, 1, 4, 0], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_price_trades()
