# domain: nlp
# level: 0
# checks: the last real state of each sequence of a padded batch
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def last_hidden(hidden: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The state of each sequence at its last real token.

    `hidden` is float32, shape (batch, time, dim), padded at the end; `lengths` is int64, shape (batch,), the number of real
    tokens of each sequence, from 1 to time.

    Returns float32, shape (batch, dim).

    >>> last_hidden(torch.tensor([[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]]), torch.tensor([3, 1])).tolist()
    [[3.0], [4.0]]
    """
    return hidden[torch.arange(len(lengths)), lengths - 1]

# test_function_code --------------------

def test_last_hidden():
    import numpy as np
    import torch

    def check(hidden, lengths, expected, case):
        found = np.asarray(last_hidden(torch.tensor(hidden), torch.tensor(lengths)), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]], [1, 2], [[1.0, 2.0], [7.0, 8.0]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[[1.0], [2.0], [3.0], [4.0]]] * 3, [2, 4, 3], [[2.0], [4.0], [3.0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[[0.5, -1.0, 2.0]]], [1], [[0.5, -1.0, 2.0]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_last_hidden()
