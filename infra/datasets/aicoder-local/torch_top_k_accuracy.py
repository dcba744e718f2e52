# domain: vision
# level: 0
# checks: the share of rows whose label is among the k largest logits
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def top_k_accuracy(logits: torch.Tensor, labels: torch.Tensor, k: int) -> float:
    """Share of images whose true class is among the k classes with the largest logits.

    `logits` is float32, shape (images, classes), without equal values in a row; `labels` is int64, shape (images,).

    Returns a Python float from 0 to 1.

    >>> top_k_accuracy(torch.tensor([[0.1, 0.9, 0.5], [0.7, 0.2, 0.3]]), torch.tensor([2, 1]), 2)
    0.5
    """
    best = logits.topk(k, dim=1).indices
    return (best == labels[:, None]).any(dim=1).float().mean().item()

# test_function_code --------------------

def test_top_k_accuracy():
    import numpy as np
    import torch

    def check(logits, labels, k, expected, case):
        found = np.asarray(top_k_accuracy(torch.tensor(logits), torch.tensor(labels), k), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2], [0.2, 0.3, 0.5], [0.6, 0.1, 0.3]], [1, 1, 2, 0], 1, 0.75, "[1/3]")

    print("Testing case [2/3] started.")
    check([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2], [0.2, 0.3, 0.5], [0.6, 0.1, 0.3]], [0, 1, 0, 2], 2, 0.5, "[2/3]")

    print("Testing case [3/3] started.")
    check([[4.0, 3.0, 2.0, 1.0], [1.0, 2.0, 3.0, 4.0]], [2, 0], 3, 0.5, "[3/3]")
    check([[-1.0, -2.0]], [1], 2, 1.0, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_top_k_accuracy()
