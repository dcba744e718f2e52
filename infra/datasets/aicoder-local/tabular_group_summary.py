# domain: tabular
# level: 0
# checks: mean and count of each group, sorted by the mean
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def group_summary(frame: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
    """Mean and number of rows of each group.

    Returns a frame with the columns `key`, "mean" (mean of column `value` in the group) and "count" (rows in the group), a row for each
    value of `key`, the largest mean first, and with the index 0, 1, 2, ... No two groups have the same mean, and nothing is missing.

    >>> group_summary(pd.DataFrame({"team": ["a", "b", "a"], "score": [1.0, 5.0, 3.0]}), "team", "score")["team"].tolist()
    ['b', 'a']
    """
    groups = frame.groupby(key)[value].agg(["mean", "count"])
    return groups.sort_values("mean", ascending=False).reset_index()

# test_function_code --------------------

def test_group_summary():
    import pandas as pd

    def check(rows, expected, case):
        frame = pd.DataFrame(rows, columns=["city", "price"])
        found = group_summary(frame, "city", "price")
        assert list(found.columns) == ["city", "mean", "count"], f"Test case {case} failed: the columns are {list(found.columns)}"
        assert list(found.index) == list(range(len(expected))), f"Test case {case} failed: the index is {list(found.index)}"
        got = list(zip(found["city"].tolist(), found["mean"].tolist(), found["count"].tolist()))
        assert got == expected, f"Test case {case} failed: got {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([("x", 2.0), ("y", 1.0), ("x", 4.0)], [("x", 3.0, 2), ("y", 1.0, 1)], "[1/3]")

    print("Testing case [2/3] started.")
    check([("a", 1.0), ("b", 9.0), ("c", 5.0), ("a", 2.0), ("b", 10.0)], [("b", 9.5, 2), ("c", 5.0, 1), ("a", 1.5, 2)], "[2/3]")

    print("Testing case [3/3] started.")
    check([("q", -3.0), ("q", -5.0), ("p", -1.0), ("p", -1.0), ("p", -4.0)], [("p", -2.0, 3), ("q", -4.0, 2)], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_group_summary()
