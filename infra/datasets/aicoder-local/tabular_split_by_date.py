# domain: tabular
# level: 0
# checks: a split by date: training rows before it, test rows from it on, in the order of time
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def split_by_date(frame: pd.DataFrame, column: str, date: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split rows by time, so that a model is tested on what comes after its training data.

    Column `column` holds dates as text, such as "2024-03-09". Returns the rows before `date`, and the rows of that day and later; each
    frame is sorted by the date, the earliest first, keeps all columns and the rows' index labels, and leaves rows of the same day in
    their order.

    >>> early, late = split_by_date(pd.DataFrame({"day": ["2024-02-01", "2024-01-01"]}), "day", "2024-02-01")
    >>> early.index.tolist(), late.index.tolist()
    ([1], [0])
    """
    ordered = frame.sort_values(column, kind="stable")
    return ordered[ordered[column] < date], ordered[ordered[column] >= date]

# test_function_code --------------------

def test_split_by_date():
    import pandas as pd

    def check(days, date, expected, case):
        frame = pd.DataFrame({"day": days, "value": range(len(days))})
        early, late = split_by_date(frame, "day", date)
        found = (early.index.tolist(), late.index.tolist())
        assert found == expected, f"Test case {case} failed: got the rows {found}, expected {expected}"
        values = (early["value"].tolist(), late["value"].tolist())
        assert values == expected, f"Test case {case} failed: got the values {values}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(["2024-01-05", "2024-01-01", "2024-03-01"], "2024-02-01", ([1, 0], [2]), "[1/3]")

    print("Testing case [2/3] started.")
    check(["2024-02-02", "2024-02-01", "2024-01-31", "2024-02-01"], "2024-02-01", ([2], [1, 3, 0]), "[2/3]")

    print("Testing case [3/3] started.")
    check(["2023-12-31", "2024-01-01"], "2025-01-01", ([0, 1], []), "[3/3]")
    check(["2023-12-31", "2022-01-01"], "2022-01-01", ([], [1, 0]), "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_split_by_date()
