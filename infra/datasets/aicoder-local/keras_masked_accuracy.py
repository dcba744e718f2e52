# domain: nlp
# level: 0
# checks: accuracy over the tokens that count, from logits, in TensorFlow
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["tensorflow"]

# function_import --------------------

import tensorflow as tf

# function_code --------------------

def token_accuracy(labels: tf.Tensor, logits: tf.Tensor, ignored: int) -> float:
    """Share of tokens whose label has the largest logit.

    `labels` are integers, shape (batch, time); `logits` floats, shape (batch, time, classes). Positions whose label is `ignored` do not count.

    Returns a Python float; 0.0 if no position counts.

    >>> token_accuracy(tf.constant([[1, 0]]), tf.constant([[[0.0, 2.0], [0.0, 1.0]]]), -1)
    0.5
    """
    counts = labels != ignored
    right = (tf.argmax(logits, axis=-1, output_type=labels.dtype) == labels) & counts
    total = int(tf.reduce_sum(tf.cast(counts, tf.int32)))
    return int(tf.reduce_sum(tf.cast(right, tf.int32))) / total if total else 0.0

# test_function_code --------------------

def test_token_accuracy():
    import tensorflow as tf

    def check(labels, best, ignored, expected, case):
        logits = tf.one_hot(best, 3) * 2.5 - 4.0
        found = token_accuracy(tf.constant(labels), logits, ignored)
        close = isinstance(found, float) and abs(found - expected) < 1e-6
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0, 1, 2], [2, 1, 0]], [[0, 1, 1], [2, 1, 1]], -100, 4 / 6, "[1/3]")

    print("Testing case [2/3] started.")
    check([[1, 2, -100, -100], [0, -100, -100, -100]], [[1, 0, 0, 0], [0, 0, 0, 0]], -100, 2 / 3, "[2/3]")

    print("Testing case [3/3] started.")
    check([[0, 0, 2]], [[0, 0, 1]], 0, 0.0, "[3/3]")
    check([[-1, -1]], [[0, 1]], -1, 0.0, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_token_accuracy()
