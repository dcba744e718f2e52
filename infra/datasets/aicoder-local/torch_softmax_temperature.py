# domain: training
# level: 0
# checks: a softmax over the last axis at a temperature, finite for large logits
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def soften(logits: torch.Tensor, temperature: float) -> torch.Tensor:
    """Probabilities of a language model's next tokens at a sampling temperature.

    `logits` is float32, shape (batch, tokens), divided by `temperature` (above 0) before a softmax over the tokens. Large logits
    must not give NaN.

    Returns float32, shape (batch, tokens).

    >>> soften(torch.tensor([[3.0, 3.0]]), 0.7).tolist()
    [[0.5, 0.5]]
    """
    return torch.softmax(logits / temperature, dim=-1)

# test_function_code --------------------

def test_soften():
    import numpy as np
    import torch

    def check(logits, temperature, expected, case):
        found = np.asarray(soften(torch.tensor(logits), temperature), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-5), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0.0, 0.6931472]], 1.0, [[1 / 3, 2 / 3]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[0.0, 1.3862944, 0.0], [0.6931472, 0.6931472, 2.0794415]], 2.0, [[0.25, 0.5, 0.25], [0.25, 0.25, 0.5]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[0.0, 1.0]], 0.5, [[0.1192029, 0.8807971]], "[3/3]")
    check([[1000.0, 0.0], [-500.0, -500.0]], 1.0, [[1.0, 0.0], [0.5, 0.5]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_soften()
