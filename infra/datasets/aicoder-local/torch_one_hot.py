# domain: training
# level: 0
# checks: one-hot rows of labels, where an unknown label gives a row of zeros
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def one_hot(labels: torch.Tensor, num_classes: int) -> torch.Tensor:
    """One-hot encoding of class labels.

    `labels` are int64, shape (n,), each from 0 to num_classes - 1, or -1 where the class is unknown.

    Returns float32, shape (n, num_classes): 1 at the label of each row and 0 elsewhere; a row with label -1 is all 0.

    >>> one_hot(torch.tensor([1, -1]), 2).tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """
    return (labels[:, None] == torch.arange(num_classes)).float()

# test_function_code --------------------

def test_one_hot():
    import numpy as np
    import torch

    def check(labels, num_classes, expected, case):
        found = np.asarray(one_hot(torch.tensor(labels), num_classes), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([2, 0, 1], 3, [[0, 0, 1], [1, 0, 0], [0, 1, 0]], "[1/3]")

    print("Testing case [2/3] started.")
    check([0, 0, 1], 4, [[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([-1, 1, -1, 2], 3, [[0, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 1]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_one_hot()
