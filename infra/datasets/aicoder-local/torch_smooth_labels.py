# domain: training
# level: 0
# checks: smoothed targets whose rows sum to one
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def smooth_labels(labels: torch.Tensor, num_classes: int, epsilon: float) -> torch.Tensor:
    """Target probabilities for training with label smoothing.

    `labels` is int64, shape (n,). Each row of the result has 1 - epsilon at its label, and the other classes share epsilon
    evenly among them. There are at least two classes.

    Returns float32, shape (n, num_classes).

    >>> smooth_labels(torch.tensor([0]), 3, 0.5).tolist()
    [[0.5, 0.25, 0.25]]
    """
    targets = torch.full((len(labels), num_classes), epsilon / (num_classes - 1))
    targets[torch.arange(len(labels)), labels] = 1 - epsilon
    return targets

# test_function_code --------------------

def test_smooth_labels():
    import numpy as np
    import torch

    def check(labels, num_classes, epsilon, expected, case):
        found = np.asarray(smooth_labels(torch.tensor(labels), num_classes, epsilon), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1, 0], 2, 0.1, [[0.1, 0.9], [0.9, 0.1]], "[1/3]")

    print("Testing case [2/3] started.")
    check([4, 2], 5, 0.2, [[0.05, 0.05, 0.05, 0.05, 0.8], [0.05, 0.05, 0.8, 0.05, 0.05]], "[2/3]")

    print("Testing case [3/3] started.")
    check([0, 1, 2], 3, 0.0, [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_smooth_labels()
