# domain: training
# level: 0
# checks: binary cross-entropy from logits with a weight for positive labels
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def weighted_bce(logits: torch.Tensor, targets: torch.Tensor, positive_weight: float) -> torch.Tensor:
    """Binary cross-entropy of logits, where positive examples weigh more.

    `logits` and `targets` are float32, shape (n,); a target is 0 or 1. With p = sigmoid(logit) the loss of an example is
    -positive_weight * log(p) where the target is 1, and -log(1 - p) where it is 0.

    Returns the mean loss over the n examples, a float32 tensor without dimensions.

    >>> round(weighted_bce(torch.tensor([0.0]), torch.tensor([1.0]), 2.0).item(), 4)
    1.3863
    """
    log = torch.nn.functional.logsigmoid
    return -(positive_weight * targets * log(logits) + (1 - targets) * log(-logits)).mean()

# test_function_code --------------------

def test_weighted_bce():
    import numpy as np
    import torch

    def check(logits, targets, positive_weight, expected, case):
        found = np.asarray(weighted_bce(torch.tensor(logits), torch.tensor(targets), positive_weight), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-5), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([0.0, 0.0], [0.0, 1.0], 1.0, 0.6931472, "[1/3]")

    print("Testing case [2/3] started.")
    check([0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], 3.0, 1.3862944, "[2/3]")

    print("Testing case [3/3] started.")
    check([2.0, -1.0, 0.5], [1.0, 0.0, 1.0], 2.0, 0.5050993, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_weighted_bce()
