# domain: training
# level: 0
# checks: accuracy from logits: the largest of each row
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def accuracy(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """Share of rows whose largest logit is at the label.

    `logits` is float32, shape (n, classes), without equal values in a row; `labels` is int64, shape (n,).

    Returns a Python float.

    >>> accuracy(torch.tensor([[0.0, 2.0], [3.0, 1.0]]), torch.tensor([1, 1]))
    0.5
    """
    return (logits.argmax(dim=1) == labels).float().mean().item()

# test_function_code --------------------

def test_accuracy():
    import torch

    def check(logits, labels, expected, case):
        found = accuracy(torch.tensor(logits), torch.tensor(labels))
        close = isinstance(found, (int, float)) and abs(found - expected) < 1e-6
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]], [2, 0], 1.0, "[1/3]")

    print("Testing case [2/3] started.")
    check([[-1.0, -2.0], [-5.0, -4.0], [0.1, 0.2], [9.0, 8.0]], [0, 0, 1, 0], 0.75, "[2/3]")

    print("Testing case [3/3] started.")
    check([[0.5, 0.1, 0.4], [0.2, 0.3, 0.9]], [1, 0], 0.0, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_accuracy()
