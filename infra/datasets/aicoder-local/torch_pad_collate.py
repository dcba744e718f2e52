# domain: training
# level: 1
# checks: padding and attention mask of a collate function, where the padding id also occurs in the texts
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def collate_padded(batch: list[tuple[list[int], int]], pad_id: int) -> dict[str, torch.Tensor]:
    """Collate tokenised texts of different lengths into one batch, as the `collate_fn` of a DataLoader does.

    An item of `batch` is (token ids, label); each text has at least one token. With n items, of which the
    longest has L tokens, returns a dictionary of int64 tensors, their rows in the order of the batch:

    - "input_ids", shape (n, L): the token ids, filled up on the right with `pad_id`;
    - "attention_mask", shape (n, L): 1 at each token of the text, 0 at what was filled up. A text may hold
      the id `pad_id` as a token of its own, where the mask is 1;
    - "lengths", shape (n,): how many tokens each text has;
    - "labels", shape (n,): the labels.

    >>> collate_padded([([5, 6], 1), ([7], 0)], 0)["input_ids"].tolist()
    [[5, 6], [7, 0]]
    """
    lengths = torch.tensor([len(tokens) for tokens, _ in batch])
    longest = int(lengths.max())
    rows = [tokens + [pad_id] * (longest - len(tokens)) for tokens, _ in batch]
    return {
        "input_ids": torch.tensor(rows),
        "attention_mask": (torch.arange(longest) < lengths[:, None]).long(),
        "lengths": lengths,
        "labels": torch.tensor([label for _, label in batch]),
    }

# test_function_code --------------------

def test_collate_padded():
    def check(batch, pad_id, expected, failed):
        result = collate_padded(batch, pad_id)
        for key, value in expected.items():
            found = result[key].tolist()
            assert found == value, f"{failed}{key} is {found}, expected {value}"
            kind = str(result[key].dtype)
            assert kind == "torch.int64", f"{failed}{key} is of type {kind}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(
        [([11, 12], 1), ([21, 22, 23, 24], 0), ([31], 2)],
        0,
        {
            "input_ids": [[11, 12, 0, 0], [21, 22, 23, 24], [31, 0, 0, 0]],
            "attention_mask": [[1, 1, 0, 0], [1, 1, 1, 1], [1, 0, 0, 0]],
            "lengths": [2, 4, 1],
            "labels": [1, 0, 2],
        },
        "Test case [1/3] failed: ",
    )

    print("Testing case [2/3] started.")
    check(
        [([2, 7, 2], 5), ([2], 4), ([9, 2, 2, 2, 8], 4)],
        2,
        {
            "input_ids": [[2, 7, 2, 2, 2], [2, 2, 2, 2, 2], [9, 2, 2, 2, 8]],
            "attention_mask": [[1, 1, 1, 0, 0], [1, 0, 0, 0, 0], [1, 1, 1, 1, 1]],
            "lengths": [3, 1, 5],
            "labels": [5, 4, 4],
        },
        "Test case [2/3] failed: ",
    )

    print("Testing case [3/3] started.")
    check(
        [([3, 4], 7)],
        -1,
        {"input_ids": [[3, 4]], "attention_mask": [[1, 1]], "lengths": [2], "labels": [7]},
        "Test case [3/3] failed: ",
    )

    print("Testing finished.")

# call_test_function_line --------------------

test_collate_padded()
