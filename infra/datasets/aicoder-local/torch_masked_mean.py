# domain: training
# level: 0
# checks: the mean of each row over the entries that a mask keeps, and rows without any
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def masked_mean(values: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean of each row over the entries that count.

    `values` is float32, shape (rows, columns); `mask` is boolean of the same shape, true where an entry counts.

    Returns float32, shape (rows,): the mean of the entries of each row whose mask is true, 0 for a row without any.

    >>> masked_mean(torch.tensor([[1.0, 3.0, 9.0]]), torch.tensor([[True, True, False]])).tolist()
    [2.0]
    """
    return (values * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1)

# test_function_code --------------------

def test_masked_mean():
    import numpy as np
    import torch

    def check(values, mask, expected, case):
        found = np.asarray(masked_mean(torch.tensor(values), torch.tensor(mask, dtype=torch.bool)), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[2.0, 4.0, 6.0], [1.0, 5.0, 7.0]], [[1, 1, 1], [0, 1, 1]], [4.0, 6.0], "[1/3]")

    print("Testing case [2/3] started.")
    check([[8.0, 2.0], [3.0, 3.0], [-4.0, 2.0]], [[0, 1], [0, 0], [1, 1]], [2.0, 0.0, -1.0], "[2/3]")

    print("Testing case [3/3] started.")
    check([[0.5, 100.0, 1.5, -100.0]], [[1, 0, 1, 0]], [1.0], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_masked_mean()
