# domain: tabular
# level: 0
# checks: gaps are filled with the median of their own group
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def fill_by_group(frame: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
    """Fill the gaps of a numeric column with the median of their group.

    Each NaN in column `value` becomes the median of the other values of the rows with the same `key`. If all values of the group are NaN, it
    becomes the median of the whole column. Returns a new frame with the same rows, columns and index; `frame` is not changed.

    >>> fill_by_group(pd.DataFrame({"k": ["a", "a"], "v": [4.0, None]}), "k", "v")["v"].tolist()
    [4.0, 4.0]
    """
    filled = frame[value].fillna(frame.groupby(key)[value].transform("median")).fillna(frame[value].median())
    return frame.assign(**{value: filled})

# test_function_code --------------------

def test_fill_by_group():
    import pandas as pd

    def check(rows, index, expected, case):
        frame = pd.DataFrame(rows, columns=["kind", "size"], index=index).astype({"size": float})
        before = frame.copy()
        found = fill_by_group(frame, "kind", "size")
        assert frame.equals(before), f"Test case {case} failed: the frame was changed"
        assert found["size"].tolist() == expected, f"Test case {case} failed: got {found['size'].tolist()}, expected {expected}"
        assert list(found.index) == index, f"Test case {case} failed: the index is {list(found.index)}"
        assert found["kind"].tolist() == [kind for kind, _ in rows], f"Test case {case} failed: the keys are {found['kind'].tolist()}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([("a", 1.0), ("b", 10.0), ("a", None), ("b", None)], [0, 1, 2, 3], [1.0, 10.0, 1.0, 10.0], "[1/3]")

    print("Testing case [2/3] started.")
    check([("a", 1.0), ("a", 2.0), ("a", 9.0), ("a", None), ("b", 5.0)], [4, 3, 2, 1, 0], [1.0, 2.0, 9.0, 2.0, 5.0], "[2/3]")

    print("Testing case [3/3] started.")
    check([("c", None), ("a", 2.0), ("b", 8.0), ("b", 4.0), ("c", None)], [7, 5, 6, 8, 9], [4.0, 2.0, 8.0, 4.0, 4.0], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_fill_by_group()
