# domain: nlp
# level: 2
# checks: a data set of texts is packed into blocks with separators, across the batches of a map
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["datasets"]

# function_import --------------------

from datasets import Dataset

# function_code --------------------

def pack_texts(texts: list[list[int]], block_size: int, eos: int) -> dict[str, list[list[int]]]:
    """Pack tokenised texts into blocks of one length, to train a causal language model without padding, with a `datasets.Dataset`.

    The texts, lists of token ids, are put one after the other in their order, each followed by `eos`. The stream is cut into blocks of
    `block_size` tokens; a block may hold parts of several texts, and a text may go on in the next block, however many
    texts there are (also thousands). What remains at the end of the stream and does not fill a block is dropped. Nothing else is.

    Returns {"input_ids": the blocks, "labels": the same blocks}: lists of lists, {"input_ids": [], "labels": []} if there is no block.

    >>> pack_texts([[1, 2], [3]], 2, 0)["input_ids"]
    [[1, 2], [0, 3]]
    """
    dataset = Dataset.from_dict({"input_ids": texts})

    def pack(batch: dict) -> dict:
        stream = [token for text in batch["input_ids"] for token in [*text, eos]]
        whole = len(stream) // block_size * block_size
        blocks = [stream[start : start + block_size] for start in range(0, whole, block_size)]
        return {"input_ids": blocks, "labels": blocks}

    # One batch: what a batch has left over would be lost.
    packed = dataset.map(pack, batched=True, batch_size=None)
    # A data set without rows has no columns.
    return {key: list(packed[key]) if len(packed) > 0 else [] for key in ("input_ids", "labels")}

# test_function_code --------------------

def test_pack_texts():
    def naive(texts, block_size, eos):
        stream = []
        for text in texts:
            stream += [*text, eos]
        return [stream[i : i + block_size] for i in range(0, len(stream) - block_size + 1, block_size)]

    def check(texts, block_size, eos, case):
        got, expected = pack_texts(texts, block_size, eos), naive(texts, block_size, eos)
        for key in ("input_ids", "labels"):
            blocks = [list(block) for block in got[key]]
            at = next((i for i, pair in enumerate(zip(blocks, expected)) if pair[0] != pair[1]), None)
            where = "" if at is None else f", the first that differs is {blocks[at]} in place of {expected[at]}"
            assert blocks == expected, f"Test case {case} failed: {len(blocks)} blocks, expected {len(expected)}{where}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([[1, 2, 3], [4, 5], [6]], 3, 0, "[1/4]")

    print("Testing case [2/4] started.")
    check([[1, 2, 3, 4, 5, 6, 7], [8], [9, 10]], 4, 99, "[2/4]")
    check([[7], [8, 8]], 5, 1, "[2/4]")

    print("Testing case [3/4] started.")
    # More texts than a batch of the library's has by default.
    check([[number % 50 + 2] * (number % 4 + 1) for number in range(2500)], 8, 1, "[3/4]")

    print("Testing case [4/4] started.")
    check([[5, 6]], 4, 0, "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_pack_texts()
