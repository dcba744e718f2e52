# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def group_split(groups: list[str], test_size: int) -> tuple[list[int], list[int]]:
    """Split rows into a training and a test part without splitting a group.

    `groups[i]` names the group of row i. Whole groups go into the test part, in the order in which
    they first occur, until it holds at least `test_size` rows; all other rows are for training.

    Args:
        groups: the group of each row; may be empty.
        test_size: rows that the test part must at least hold.

    Returns:
        (train, test): the row numbers of each part in ascending order.

    Raises:
        ValueError: if `test_size` is negative or larger than the number of rows.

    >>> group_split(["p1", "p2", "p1", "p3"], 1)
    ([1, 3], [0, 2])
    """
    if not 0 <= test_size <= len(groups):
        raise ValueError("test_size must lie between 0 and the number of rows")
    chosen, size = set(), 0
    for group in dict.fromkeys(groups):
        if size >= test_size:
            break
        chosen.add(group)
        size += groups.count(group)
    train = [row for row, group in enumerate(groups) if group not in chosen]
    test = [row for row, group in enumerate(groups) if group in chosen]
    return train, test

# test_function_code --------------------

def test_group_split():
    print("Testing started.")

    print("Testing case [1/4] started.")
    split = group_split(["b", "a", "b", "c", "a", "c"], 3)
    assert split == ([3, 5], [0, 1, 2, 4]), f"Test case [1/4] failed: got {split}"

    print("Testing case [2/4] started.")
    split = group_split(["x", "y", "x", "x"], 2)
    assert split == ([1], [0, 2, 3]), f"Test case [2/4] failed: got {split}"

    print("Testing case [3/4] started.")
    assert group_split(["a", "b"], 0) == ([0, 1], []), "Test case [3/4] failed: no test rows were asked for"
    assert group_split(["a", "b"], 2) == ([], [0, 1]), "Test case [3/4] failed: all rows are for the test"
    assert group_split([], 0) == ([], []), "Test case [3/4] failed: no rows"

    print("Testing case [4/4] started.")
    for size in (-1, 3):
        try:
            group_split(["a", "b"], size)
            raised = False
        except ValueError:
            raised = True
        assert raised, f"Test case [4/4] failed: test_size = {size} must raise ValueError"

    print("Testing finished.")

# call_test_function_line --------------------

test_group_split()
