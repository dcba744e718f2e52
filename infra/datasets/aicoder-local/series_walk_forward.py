# domain: time-series
# level: 1
# checks: walk-forward splits keep a gap between training and test rows, and end where the series does
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def walk_forward(
    rows: int, first_train: int, test_size: int, gap: int, max_train: int | None
) -> list[tuple[list[int], list[int]]]:
    """Splits of a time series for walk-forward validation: always trained on the past, tested on what follows.

    The rows are numbered 0 to `rows` - 1 in the order of time. The first split trains on rows 0 to
    `first_train` - 1. In each split the `gap` rows after the training rows are in neither part, and the next
    `test_size` rows are tested. Each further split ends its training rows `test_size` rows later, so that the tested
    rows of all splits follow one another without overlap. Training rows begin at row 0, or, if `max_train` is a
    number, are the last `max_train` ones of those (all, if there are fewer). Splits are made as long as all of
    their `test_size` tested rows exist.

    Returns for each split its training rows and its tested rows, in ascending order.

    >>> walk_forward(7, 2, 2, 1, None)
    [([0, 1], [3, 4]), ([0, 1, 2, 3], [5, 6])]
    """
    splits = []
    end = first_train
    while end + gap + test_size <= rows:
        start = 0 if max_train is None else max(0, end - max_train)
        splits.append((list(range(start, end)), list(range(end + gap, end + gap + test_size))))
        end += test_size
    return splits

# test_function_code --------------------

def test_walk_forward():
    def check(arguments, expected, failed):
        found = [(list(train), list(tested)) for train, tested in walk_forward(*arguments)]
        assert found == expected, f"{failed}{arguments} gave {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    expected = [([0, 1, 2], [3, 4]), ([0, 1, 2, 3, 4], [5, 6])]
    check((7, 3, 2, 0, None), expected, "Test case [1/4] failed: ")
    check((8, 3, 2, 0, None), expected, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    expected = [([0, 1], [4]), ([0, 1, 2], [5]), ([0, 1, 2, 3], [6])]
    check((7, 2, 1, 2, None), expected, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    expected = [([0, 1], [3, 4]), ([1, 2, 3], [5, 6]), ([3, 4, 5], [7, 8])]
    check((9, 2, 2, 1, 3), expected, "Test case [3/4] failed: ")
    check((6, 4, 1, 0, 1), [([3], [4]), ([4], [5])], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check((10, 6, 3, 1, None), [([0, 1, 2, 3, 4, 5], [7, 8, 9])], "Test case [4/4] failed: ")
    check((10, 6, 3, 2, None), [], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_walk_forward()
