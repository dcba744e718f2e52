# domain: nlp
# level: 1
# checks: a tf.data pipeline filters rows, pads each batch to its own longest row, and keeps the last batch
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "tensorflow"]

# function_import --------------------

import numpy as np
import tensorflow as tf

# function_code --------------------

def padded_batches(
    sequences: list[list[int]], labels: list[int], batch_size: int, max_length: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Batches of token sequences with their labels, made by a `tf.data` pipeline.

    - Sequences longer than `max_length` are left out, with their labels, before batches are formed.
    - The others stay in their order; each `batch_size` of them in a row are a batch, and the last batch may be smaller.
    - In a batch sequences are padded at the end with -1, to the length of the longest sequence of that batch.

    Returns the batches as (sequences, labels): integer arrays of the shapes (rows, longest) and (rows,). Without any sequence left
    there are none.

    >>> [tokens.tolist() for tokens, _ in padded_batches([[1], [2, 3], [4]], [0, 1, 0], 2, 5)]
    [[[1, -1], [2, 3]], [[4]]]
    """

    def rows():
        yield from zip(sequences, labels)

    signature = (tf.TensorSpec((None,), tf.int64), tf.TensorSpec((), tf.int64))
    dataset = tf.data.Dataset.from_generator(rows, output_signature=signature)
    dataset = dataset.filter(lambda tokens, label: tf.size(tokens) <= max_length)
    dataset = dataset.padded_batch(batch_size, padding_values=(tf.constant(-1, tf.int64), tf.constant(0, tf.int64)))
    return list(dataset.as_numpy_iterator())

# test_function_code --------------------

def test_padded_batches():
    import numpy as np

    def check(sequences, labels, batch_size, max_length, expected, case):
        got = [(np.asarray(x).tolist(), np.asarray(y).tolist()) for x, y in padded_batches(sequences, labels, batch_size, max_length)]
        assert got == expected, f"Test case {case} failed: got {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    expected = [([[1, 2, 3], [4, -1, -1]], [1, 0]), ([[5, 6, -1, -1], [7, 8, 9, 10]], [0, 1])]
    check([[1, 2, 3], [4], [5, 6], [7, 8, 9, 10]], [1, 0, 0, 1], 2, 9, expected, "[1/4]")

    print("Testing case [2/4] started.")
    expected = [([[0, 1], [0, 0]], [3, 5]), ([[2, -1], [3, 3]], [6, 8]), ([[4]], [9])]
    sequences = [[0, 1], [9, 9, 9], [0, 0], [2], [8, 8, 8, 8], [3, 3], [4]]
    check(sequences, [3, 4, 5, 6, 7, 8, 9], 2, 2, expected, "[2/4]")

    print("Testing case [3/4] started.")
    check([[7, 7, 7], [5]], [1, 2], 8, 3, [([[7, 7, 7], [5, -1, -1]], [1, 2])], "[3/4]")
    check([[1], [2], [3]], [0, 0, 1], 1, 1, [([[1]], [0]), ([[2]], [0]), ([[3]], [1])], "[3/4]")

    print("Testing case [4/4] started.")
    check([[1, 2, 3], [4, 5, 6]], [0, 1], 2, 2, [], "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_padded_batches()
