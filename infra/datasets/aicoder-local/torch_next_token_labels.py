# domain: nlp
# level: 0
# checks: labels of a language model are the tokens moved left, ignored at the end and at padding
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def next_token_labels(tokens: torch.Tensor, pad_id: int) -> torch.Tensor:
    """Labels for training a language model: at each position the token that comes next.

    `tokens` is int64, shape (batch, time), padded at the end with `pad_id`. labels[:, t] is tokens[:, t + 1]; it is -100, which the
    loss ignores, at the last position of each row and wherever the next token is `pad_id`.

    Returns int64, shape (batch, time). `tokens` is not changed.

    >>> next_token_labels(torch.tensor([[5, 6, 7, 0]]), 0).tolist()
    [[6, 7, -100, -100]]
    """
    labels = torch.full_like(tokens, -100)
    labels[:, :-1] = tokens[:, 1:]
    labels[labels == pad_id] = -100
    return labels

# test_function_code --------------------

def test_next_token_labels():
    import torch

    def check(tokens, pad_id, expected, case):
        given = torch.tensor(tokens)
        found = next_token_labels(given, pad_id).tolist()
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"
        assert given.tolist() == tokens, f"Test case {case} failed: the tokens were changed"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[4, 5, 6], [7, 8, 9]], 0, [[5, 6, -100], [8, 9, -100]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[4, 5, 6, 1, 1], [7, 1, 1, 1, 1]], 1, [[5, 6, -100, -100, -100], [-100, -100, -100, -100, -100]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[0, 2, 0, 3]], 9, [[2, 0, 3, -100]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_next_token_labels()
