# domain: nlp
# level: 0
# checks: rows of unit length, where a row of zeros stays one
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def normalize_rows(embeddings: torch.Tensor) -> torch.Tensor:
    """Scale each embedding to Euclidean length 1.

    `embeddings` is float32, shape (n, dim). A row of zeros stays a row of zeros.

    Returns float32, shape (n, dim).

    >>> normalize_rows(torch.tensor([[0.0, 2.0]])).tolist()
    [[0.0, 1.0]]
    """
    return embeddings / embeddings.norm(dim=1, keepdim=True).clamp(min=1e-12)

# test_function_code --------------------

def test_normalize_rows():
    import numpy as np
    import torch

    def check(embeddings, expected, case):
        found = np.asarray(normalize_rows(torch.tensor(embeddings)), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[3.0, 4.0], [-6.0, 8.0]], [[0.6, 0.8], [-0.6, 0.8]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[1.0, 1.0, 1.0, 1.0], [0.0, 0.0, -5.0, 0.0]], [[0.5, 0.5, 0.5, 0.5], [0.0, 0.0, -1.0, 0.0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[0.0, 0.0], [0.003, 0.004]], [[0.0, 0.0], [0.6, 0.8]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_normalize_rows()
