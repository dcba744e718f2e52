# domain: training
# level: 0
# checks: a confusion matrix with true classes as rows
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def confusion_matrix(labels: torch.Tensor, predictions: torch.Tensor, num_classes: int) -> torch.Tensor:
    """Confusion matrix of a classifier.

    `labels` and `predictions` are int64, shape (n,). Entry [i, j] of the result is how many examples of class i were predicted
    as class j.

    Returns int64, shape (num_classes, num_classes).

    >>> confusion_matrix(torch.tensor([0, 0, 1]), torch.tensor([0, 1, 1]), 2).tolist()
    [[1, 1], [0, 1]]
    """
    return torch.bincount(labels * num_classes + predictions, minlength=num_classes**2).reshape(num_classes, num_classes)

# test_function_code --------------------

def test_confusion_matrix():
    import numpy as np
    import torch

    def check(labels, predictions, num_classes, expected, case):
        found = np.asarray(confusion_matrix(torch.tensor(labels), torch.tensor(predictions), num_classes), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([0, 1, 2, 2], [0, 2, 2, 2], 3, [[1, 0, 0], [0, 0, 1], [0, 0, 2]], "[1/3]")

    print("Testing case [2/3] started.")
    check([1, 1, 1, 1, 0], [0, 0, 0, 1, 0], 2, [[1, 0], [3, 1]], "[2/3]")

    print("Testing case [3/3] started.")
    check([0, 1], [1, 0], 4, [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_confusion_matrix()
