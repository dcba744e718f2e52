# domain: nlp
# level: 0
# checks: a causal mask with a window: each position sees itself and a few before it
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def causal_mask(length: int, window: int) -> torch.Tensor:
    """Attention mask of a decoder with a sliding window.

    Returns a boolean tensor of shape (length, length). Entry [i, j] is true where position i may look at position j: at
    itself and at the window - 1 positions before it, never at a later one. `window` is at least 1.

    >>> causal_mask(3, 2).tolist()
    [[True, False, False], [True, True, False], [False, True, True]]
    """
    positions = torch.arange(length)
    distance = positions[:, None] - positions[None, :]
    return (distance >= 0) & (distance < window)

# test_function_code --------------------

def test_causal_mask():
    import numpy as np
    import torch

    def check(length, window, expected, case):
        found = np.asarray(causal_mask(length, window), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(4, 4, [[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1]], "[1/3]")

    print("Testing case [2/3] started.")
    check(4, 1, [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], "[2/3]")

    print("Testing case [3/3] started.")
    check(5, 3, [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1]], "[3/3]")
    check(2, 9, [[1, 0], [1, 1]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_causal_mask()
