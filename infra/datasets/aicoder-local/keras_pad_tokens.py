# domain: nlp
# level: 0
# checks: Keras pads and cuts sequences at the end, not at the beginning
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "tensorflow"]

# function_import --------------------

import numpy as np
import tensorflow as tf

# function_code --------------------

def pad_tokens(sequences: list[list[int]], length: int, pad_id: int) -> np.ndarray:
    """Make token sequences equally long with `tf.keras.utils.pad_sequences`.

    Shorter sequences are filled up at the end with `pad_id`; longer ones keep their first `length` tokens.

    Returns an integer array of shape (n, length).

    >>> pad_tokens([[5], [6, 7]], 2, 0).tolist()
    [[5, 0], [6, 7]]
    """
    return tf.keras.utils.pad_sequences(sequences, maxlen=length, padding="post", truncating="post", value=pad_id)

# test_function_code --------------------

def test_pad_tokens():
    import numpy as np

    def check(sequences, length, pad_id, expected, case):
        found = np.asarray(pad_tokens(sequences, length, pad_id), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[1, 2], [3], [4, 5, 6]], 3, 0, [[1, 2, 0], [3, 0, 0], [4, 5, 6]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[1, 2, 3, 4], [5, 6]], 3, 9, [[1, 2, 3], [5, 6, 9]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[], [8, 7, 6]], 2, -1, [[-1, -1], [8, 7]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_pad_tokens()
