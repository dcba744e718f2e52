# domain: tabular
# level: 0
# checks: columns are brought to 0 to 1, constant ones to 0
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def min_max_scale(table: np.ndarray) -> np.ndarray:
    """Scale each column of a table to the range from 0 to 1.

    `table` has shape (rows, columns). The smallest value of a column becomes 0, its largest 1, the others lie between in proportion. A column with one value alone
    becomes 0.

    Returns float64, shape (rows, columns).

    >>> min_max_scale(np.array([[1.0], [3.0], [2.0]])).tolist()
    [[0.0], [1.0], [0.5]]
    """
    low, high = table.min(axis=0), table.max(axis=0)
    return (table - low) / np.where(high == low, 1, high - low)

# test_function_code --------------------

def test_min_max_scale():
    import numpy as np

    def check(table, expected, case):
        found = np.asarray(min_max_scale(np.array(table)), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0.0, 10.0], [4.0, 20.0], [1.0, 30.0]], [[0.0, 0.0], [1.0, 0.5], [0.25, 1.0]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[-5.0, 2.0], [5.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[7.0, 1.0], [7.0, 3.0]], [[0.0, 0.0], [0.0, 1.0]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_min_max_scale()
