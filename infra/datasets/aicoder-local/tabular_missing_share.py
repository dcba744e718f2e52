# domain: tabular
# level: 0
# checks: columns with too many gaps are named
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def gappy_columns(frame: pd.DataFrame, limit: float) -> list[str]:
    """Names of the columns of which too many values are missing.

    A column is named if the share of its values that are missing (NaN or None) is above `limit`, from 0 to 1. The names come in the order of the columns.

    >>> gappy_columns(pd.DataFrame({"a": [1.0, None], "b": [1.0, 2.0]}), 0.25)
    ['a']
    """
    return frame.columns[frame.isna().mean() > limit].tolist()

# test_function_code --------------------

def test_gappy_columns():
    import pandas as pd

    def check(columns, limit, expected, case):
        found = list(gappy_columns(pd.DataFrame(columns), limit))
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check({"x": [None, None, 1.0], "y": [1.0, 2.0, 3.0], "w": [None, None, None]}, 0.5, ["x", "w"], "[1/3]")

    print("Testing case [2/3] started.")
    check({"b": [None, 1.0, 2.0, 3.0], "a": [1.0, None, None, 2.0]}, 0.25, ["a"], "[2/3]")

    print("Testing case [3/3] started.")
    check({"t": ["u", None], "s": ["", "v"]}, 0.0, ["t"], "[3/3]")
    check({"a": [1, 2], "b": [3, 4]}, 0.0, [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_gappy_columns()
