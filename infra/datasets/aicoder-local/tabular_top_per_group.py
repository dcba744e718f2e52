# domain: tabular
# level: 0
# checks: the best rows of each group, in their original order
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def top_per_group(frame: pd.DataFrame, key: str, value: str, n: int) -> pd.DataFrame:
    """The rows with the largest values in each group.

    Keeps of each group of rows with the same `key` the `n` rows with the largest `value` (all of them, if there are fewer). No two rows of a group
    have the same value. Returns these rows in the order that they have in `frame`, with all columns and their index labels.

    >>> top_per_group(pd.DataFrame({"k": ["a", "a", "b"], "v": [1, 2, 0]}), "k", "v", 1).index.tolist()
    [1, 2]
    """
    ranks = frame.groupby(key)[value].rank(ascending=False)
    return frame[ranks <= n]

# test_function_code --------------------

def test_top_per_group():
    import pandas as pd

    def check(keys, values, n, expected, case):
        frame = pd.DataFrame({"user": keys, "score": values, "row": range(len(keys))})
        found = top_per_group(frame, "user", "score", n)
        assert found.index.tolist() == expected, f"Test case {case} failed: got the rows {found.index.tolist()}, expected {expected}"
        columns = list(found.columns)
        assert columns == ["user", "score", "row"], f"Test case {case} failed: the columns are {columns}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(list("abab"), [1, 9, 3, 4], 1, [1, 2], "[1/3]")

    print("Testing case [2/3] started.")
    check(list("xxyxyz"), [5, 8, 1, 7, 2, 0], 2, [1, 2, 3, 4, 5], "[2/3]")

    print("Testing case [3/3] started.")
    check(list("bbbaa"), [-1, -3, -2, -9, -8], 2, [0, 2, 3, 4], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_top_per_group()
