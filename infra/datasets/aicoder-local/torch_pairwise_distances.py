# domain: training
# level: 0
# checks: Euclidean distances of all pairs of rows
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def distances(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Euclidean distance between each row of `a` and each row of `b`.

    `a` is float32, shape (n, dim), and `b` float32, shape (m, dim).

    Returns float32, shape (n, m).

    >>> distances(torch.tensor([[0.0, 0.0]]), torch.tensor([[0.0, 2.0], [1.0, 0.0]])).tolist()
    [[2.0, 1.0]]
    """
    return (a[:, None, :] - b[None, :, :]).pow(2).sum(dim=2).sqrt()

# test_function_code --------------------

def test_distances():
    import numpy as np
    import torch

    def check(a, b, expected, case):
        found = np.asarray(distances(torch.tensor(a), torch.tensor(b)), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-4), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0.0, 0.0], [3.0, 0.0]], [[3.0, 4.0]], [[5.0], [4.0]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[1.0, 1.0]], [[1.0, 1.0], [4.0, 5.0], [-5.0, -7.0]], [[0.0, 5.0, 10.0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[0.0, 0.0, 0.0], [1.0, 2.0, 2.0]], [[1.0, 2.0, 2.0], [0.0, 0.0, 6.0]], [[3.0, 6.0], [0.0, 4.5825757]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_distances()
