# domain: training
# level: 0
# checks: examples are cut into batches, with or without the last, smaller one
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def make_batches(items: list, batch_size: int, drop_last: bool) -> list[list]:
    """Cut a list of examples into batches, in their order.

    Each batch has `batch_size` examples. The last one may have fewer; it is left out if `drop_last` is true.

    >>> make_batches([1, 2, 3], 2, False)
    [[1, 2], [3]]
    """
    batches = [items[start : start + batch_size] for start in range(0, len(items), batch_size)]
    return [batch for batch in batches if not drop_last or len(batch) == batch_size]

# test_function_code --------------------

def test_make_batches():
    def check(items, batch_size, drop_last, expected, case):
        found = make_batches(items, batch_size, drop_last)
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1, 2, 3, 4, 5], 2, False, [[1, 2], [3, 4], [5]], "[1/3]")

    print("Testing case [2/3] started.")
    check([1, 2, 3, 4, 5], 2, True, [[1, 2], [3, 4]], "[2/3]")

    print("Testing case [3/3] started.")
    check(["a", "b", "c", "d"], 2, True, [["a", "b"], ["c", "d"]], "[3/3]")
    check([7], 3, True, [], "[3/3]")
    check([], 3, False, [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_make_batches()
