# domain: training
# level: 0
# checks: a leaky ReLU by hand
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def leaky_relu(values: torch.Tensor, slope: float) -> torch.Tensor:
    """Leaky ReLU, entry by entry: x where x is above 0, slope * x elsewhere.

    `values` is float32 of any shape. Returns float32 of the same shape; `values` is not changed.

    >>> leaky_relu(torch.tensor([-2.0, 3.0]), 0.5).tolist()
    [-1.0, 3.0]
    """
    return torch.where(values > 0, values, slope * values)

# test_function_code --------------------

def test_leaky_relu():
    import numpy as np
    import torch

    def check(values, slope, expected, case):
        given = torch.tensor(values)
        found = np.asarray(leaky_relu(given, slope), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"
        assert given.tolist() == values, f"Test case {case} failed: the values were changed"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([-4.0, 0.0, 4.0], 0.25, [-1.0, 0.0, 4.0], "[1/3]")

    print("Testing case [2/3] started.")
    check([[1.0, -1.0], [-8.0, 2.0]], 0.5, [[1.0, -0.5], [-4.0, 2.0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([-3.0, 5.0], 2.0, [-6.0, 5.0], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_leaky_relu()
