# domain: tabular
# level: 0
# checks: one-hot columns for a fixed list of categories, unknown values without a one
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def fixed_dummies(colors: pd.Series, categories: list[str]) -> pd.DataFrame:
    """One-hot columns of a text column, the same columns whatever the data hold.

    Returns a frame with the index of `colors` and a column for each of `categories`, in their order and named like them: the integer 1 in the rows with that
    value, else 0. A value that is not in `categories` gives a row of 0.

    >>> fixed_dummies(pd.Series(["red", "blue"]), ["blue", "green"]).values.tolist()
    [[0, 0], [1, 0]]
    """
    return pd.DataFrame({name: (colors == name).astype(int) for name in categories}, index=colors.index)

# test_function_code --------------------

def test_fixed_dummies():
    import pandas as pd

    def check(colors, index, categories, expected, case):
        found = fixed_dummies(pd.Series(colors, index=index), categories)
        columns = list(found.columns)
        assert columns == categories, f"Test case {case} failed: the columns are {columns}, expected {categories}"
        assert list(found.index) == index, f"Test case {case} failed: the index is {list(found.index)}, expected {index}"
        got = [[int(x) for x in row] for row in found.values.tolist()]
        assert got == expected, f"Test case {case} failed: got {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(["a", "b", "a"], [0, 1, 2], ["a", "b"], [[1, 0], [0, 1], [1, 0]], "[1/3]")

    print("Testing case [2/3] started.")
    check(["a", "a"], [5, 6], ["c", "b", "a"], [[0, 0, 1], [0, 0, 1]], "[2/3]")

    print("Testing case [3/3] started.")
    check(["z", "b", "y"], [2, 1, 0], ["b", "a"], [[0, 0], [1, 0], [0, 0]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_fixed_dummies()
