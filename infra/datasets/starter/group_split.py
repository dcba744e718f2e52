# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def group_split(groups: list[str], test_groups: list[str]) -> tuple[list[int], list[int]]:
    """Split rows into training and test rows so that no group is in both.

    `groups[i]` is the group of row i. Returns two lists of row numbers in ascending order: first the
    rows whose group is not in `test_groups`, then the rows whose group is.

    >>> group_split(["p1", "p2", "p1", "p3"], ["p1"])
    ([1, 3], [0, 2])
    """
    train = [row for row, group in enumerate(groups) if group not in test_groups]
    test = [row for row, group in enumerate(groups) if group in test_groups]
    return train, test

# test_function_code --------------------

def test_group_split():
    print("Testing started.")

    print("Testing case [1/3] started.")
    split = group_split(["b", "a", "b", "c", "a", "c"], ["a", "b"])
    assert split == ([3, 5], [0, 1, 2, 4]), f"Test case [1/3] failed: got {split}"

    print("Testing case [2/3] started.")
    split = group_split(["a", "b", "a"], [])
    assert split == ([0, 1, 2], []), f"Test case [2/3] failed: no test groups, got {split}"
    split = group_split(["a", "b"], ["b", "a"])
    assert split == ([], [0, 1]), f"Test case [2/3] failed: test groups alone, got {split}"

    print("Testing case [3/3] started.")
    split = group_split(["ab", "a", "b"], ["a", "z"])
    assert split == ([0, 2], [1]), f"Test case [3/3] failed: got {split}"

    print("Testing finished.")

# call_test_function_line --------------------

test_group_split()
