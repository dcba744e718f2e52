# domain: tabular
# level: 1
# checks: limits for outliers are quantiles of each column's training rows, gaps stay, and no argument is changed
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def clip_outliers(
    train: pd.DataFrame, test: pd.DataFrame, low: float, high: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Clip the outliers of numeric columns at limits that are learned from the training rows.

    Both tables have the same columns, all of floats, which may hold NaN. The limits of a column are its `low` and
    `high` quantiles in `train` (numbers from 0 to 1), NaN left out, interpolated linearly between neighbouring
    values as pandas and numpy do by default. Values of `train` and of `test` below the lower limit of their column are
    replaced by it, values above the upper one by that; NaN stays NaN.

    Returns the clipped `train` and `test`, with their columns and index. The arguments are not changed.

    >>> clipped = clip_outliers(pd.DataFrame({"a": [0.0, 1.0, 2.0]}), pd.DataFrame({"a": [9.0]}), 0.25, 0.75)
    >>> [table["a"].tolist() for table in clipped]
    [[0.5, 1.0, 1.5], [1.5]]
    """
    lower, upper = train.quantile(low), train.quantile(high)
    return train.clip(lower, upper, axis=1), test.clip(lower, upper, axis=1)

# test_function_code --------------------

def test_clip_outliers():
    import math

    import pandas as pd

    def quantile(values, share):
        known = sorted(value for value in values if value == value)
        place = share * (len(known) - 1)
        below = math.floor(place)
        above = min(below + 1, len(known) - 1)
        return known[below] + (place - below) * (known[above] - known[below])

    def check(train, test, low, high, index, failed):
        tables = [pd.DataFrame(train), pd.DataFrame(test, index=index)]
        before = [table.copy() for table in tables]
        found = clip_outliers(*tables, low, high)
        for table, old in zip(tables, before):
            assert table.equals(old), f"{failed}an argument was changed"
        for part, given, table in zip(found, (train, test), tables):
            assert list(part.index) == list(table.index), f"{failed}the index is {list(part.index)}"
            for name, values in given.items():
                limits = quantile(train[name], low), quantile(train[name], high)
                expected = [value if value != value else min(max(value, limits[0]), limits[1]) for value in values]
                got = part[name].tolist()
                close = len(got) == len(expected) and all(
                    abs(a - b) < 1e-9 or (a != a and b != b) for a, b in zip(got, expected)
                )
                assert close, f"{failed}column {name} is {got}, expected {expected}"
        assert len(found) == 2, f"{failed}got {len(found)} of 2 tables"

    print("Testing started.")
    print("Testing case [1/3] started.")
    train = {"a": [1.0, 2.0, 3.0, 4.0, 100.0], "b": [-50.0, 10.0, 20.0, 30.0, 40.0]}
    test = {"a": [-5.0, 3.5, 500.0], "b": [0.0, 25.0, 60.0]}
    check(train, test, 0.25, 0.75, None, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    train = {"x": [5.0, 1.0, 9.0, 3.0, 7.0, 2.0], "y": [0.1, 0.2, 0.4, 0.8, 1.6, 3.2]}
    test = {"x": [0.0, 10.0], "y": [0.0, 10.0]}
    check(train, test, 0.1, 0.95, [8, 3], "Test case [2/3] failed: ")
    check(train, test, 0.0, 1.0, [8, 3], "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    nan = math.nan
    train = {"x": [nan, 4.0, 8.0, nan, 16.0], "y": [1.0, 2.0, nan, 4.0, 5.0]}
    test = {"x": [nan, 1.0, 99.0], "y": [3.0, nan, -3.0]}
    check(train, test, 0.2, 0.8, None, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_clip_outliers()
