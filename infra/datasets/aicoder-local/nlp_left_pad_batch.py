# domain: nlp
# level: 1
# checks: prompts for a decoder are padded on the left, cut at their start, and masked by position, not by value
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def left_pad_batch(prompts: list[list[int]], max_tokens: int, pad_id: int) -> dict[str, np.ndarray]:
    """A batch of prompts (token ids) for generation with a decoder-only language model.

    A model continues a prompt at its end, so prompts are padded on the left, with `pad_id`, to the length of the longest
    in the batch; and of a prompt longer than `max_tokens` only the last `max_tokens` tokens are kept, before padding. Returns
    three integer arrays of the shape (prompts, tokens):

    - "input_ids";
    - "attention_mask": 1 for a token of a prompt, 0 for padding. A prompt may itself contain `pad_id`, which then is a token
      like any other;
    - "position_ids": 0, 1, 2, ... for the tokens of a prompt from its first kept one on, and 0 for padding.

    >>> left_pad_batch([[5, 6], [7]], 8, 0)["input_ids"].tolist()
    [[5, 6], [0, 7]]
    """
    kept = [prompt[-max_tokens:] for prompt in prompts]
    width = max(len(prompt) for prompt in kept)
    shape = (len(kept), width)
    ids, mask, positions = np.full(shape, pad_id), np.zeros(shape, int), np.zeros(shape, int)
    for row, prompt in enumerate(kept):
        start = width - len(prompt)
        ids[row, start:] = prompt
        mask[row, start:] = 1
        positions[row, start:] = np.arange(len(prompt))
    return {"input_ids": ids, "attention_mask": mask, "position_ids": positions}

# test_function_code --------------------

def test_left_pad_batch():
    def same(batch, ids, mask, positions):
        expected = {"input_ids": ids, "attention_mask": mask, "position_ids": positions}
        return {key: batch[key].tolist() for key in expected} == expected

    print("Testing started.")

    print("Testing case [1/4] started.")
    batch = left_pad_batch([[11, 12, 13], [21], [31, 32]], 10, 99)
    fits = same(
        batch,
        [[11, 12, 13], [99, 99, 21], [99, 31, 32]],
        [[1, 1, 1], [0, 0, 1], [0, 1, 1]],
        [[0, 1, 2], [0, 0, 0], [0, 0, 1]],
    )
    assert fits, f"Test case [1/4] failed: got {batch}"

    print("Testing case [2/4] started.")
    batch = left_pad_batch([[1, 2, 3, 4, 5], [6, 7]], 3, 0)
    fits = same(batch, [[3, 4, 5], [0, 6, 7]], [[1, 1, 1], [0, 1, 1]], [[0, 1, 2], [0, 0, 1]])
    assert fits, f"Test case [2/4] failed: got {batch} where the first prompt is cut"

    print("Testing case [3/4] started.")
    batch = left_pad_batch([[0, 8, 0], [4, 0]], 5, 0)
    fits = same(batch, [[0, 8, 0], [0, 4, 0]], [[1, 1, 1], [0, 1, 1]], [[0, 1, 2], [0, 0, 1]])
    assert fits, f"Test case [3/4] failed: got {batch} where prompts contain the id of padding"

    print("Testing case [4/4] started.")
    batch = left_pad_batch([[7, 8, 9]], 1, 2)
    assert same(batch, [[9]], [[1]], [[0]]), f"Test case [4/4] failed: got {batch} for one token of a prompt"

    print("Testing finished.")

# call_test_function_line --------------------

test_left_pad_batch()
