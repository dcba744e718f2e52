# domain: nlp
# level: 0
# checks: token lists are padded to the longest of the batch, with a mask
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def pad_batch(rows: list[list[int]], pad_id: int) -> tuple[list[list[int]], list[list[int]]]:
    """Make the token lists of a batch equally long.

    Each row is filled up at its end with `pad_id` to the length of the longest row. The mask has the same shape: 1 at each token of the row, 0 at what was
    filled up. The given rows are not changed.

    Returns the filled rows and the mask.

    >>> pad_batch([[5, 6], [7]], 0)
    ([[5, 6], [7, 0]], [[1, 1], [1, 0]])
    """
    longest = max((len(row) for row in rows), default=0)
    padded = [row + [pad_id] * (longest - len(row)) for row in rows]
    mask = [[1] * len(row) + [0] * (longest - len(row)) for row in rows]
    return padded, mask

# test_function_code --------------------

def test_pad_batch():
    def check(rows, pad_id, expected, case):
        given = [list(row) for row in rows]
        found = tuple(pad_batch(given, pad_id))
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"
        assert given == rows, f"Test case {case} failed: the rows were changed"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[1, 2, 3], [4], [5, 6]], 0, ([[1, 2, 3], [4, 0, 0], [5, 6, 0]], [[1, 1, 1], [1, 0, 0], [1, 1, 0]]), "[1/3]")

    print("Testing case [2/3] started.")
    check([[9, 8, 9], [9]], 9, ([[9, 8, 9], [9, 9, 9]], [[1, 1, 1], [1, 0, 0]]), "[2/3]")

    print("Testing case [3/3] started.")
    check([[], [3, 4]], -1, ([[-1, -1], [3, 4]], [[0, 0], [1, 1]]), "[3/3]")
    check([], 0, ([], []), "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_pad_batch()
