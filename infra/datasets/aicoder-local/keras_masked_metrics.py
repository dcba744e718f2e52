# domain: nlp
# level: 1
# checks: loss and accuracy of a sequence model are means over real tokens, from logits
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "tensorflow"]

# function_import --------------------

import numpy as np
import tensorflow as tf

# function_code --------------------

def masked_metrics(labels: np.ndarray, logits: np.ndarray) -> dict[str, float]:
    """Loss and accuracy of a sequence model's output, padding left out.

    `labels` are integers of the shape (rows, tokens), 0 where a row is padded; `logits` are floats of the shape
    (rows, tokens, classes), not probabilities, class 0 being the padding's. "loss" is the mean cross-entropy (natural logarithm)
    of all real tokens of the batch, each with the same weight whatever row it is in; "accuracy" is the share of real
    tokens whose class has the highest logit of all classes. Both are 0 if there is no real token.

    >>> masked_metrics(np.array([[1, 0]]), np.array([[[0.0, 0.0, 1.0], [9.0, 0.0, 0.0]]]))["accuracy"]
    0.0
    """
    mask = tf.cast(labels != 0, tf.float32)
    losses = tf.keras.losses.sparse_categorical_crossentropy(labels, tf.cast(logits, tf.float32), from_logits=True)
    hits = tf.cast(tf.argmax(logits, axis=-1) == labels, tf.float32)
    count = tf.reduce_sum(mask)
    return {
        "loss": float(tf.math.divide_no_nan(tf.reduce_sum(losses * mask), count)),
        "accuracy": float(tf.math.divide_no_nan(tf.reduce_sum(hits * mask), count)),
    }

# test_function_code --------------------

def test_masked_metrics():
    import math

    import numpy as np

    def naive(labels, logits):
        losses, hits = [], []
        for row in range(len(labels)):
            for t in range(len(labels[row])):
                label, scores = int(labels[row][t]), [float(score) for score in logits[row][t]]
                if label != 0:
                    losses.append(math.log(sum(math.exp(score) for score in scores)) - scores[label])
                    hits.append(scores[label] == max(scores))
        return {"loss": sum(losses) / len(losses), "accuracy": sum(hits) / len(hits)}

    rng = np.random.default_rng(5)

    def check(labels, logits, case):
        got, expected = masked_metrics(labels, logits), naive(labels, logits)
        fits = all(abs(got[key] - expected[key]) < 1e-4 for key in expected)
        assert fits, f"Test case {case} failed: got {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(rng.integers(1, 7, (3, 5)), rng.normal(size=(3, 5, 7)) * 3, "[1/4]")

    print("Testing case [2/4] started.")
    labels = rng.integers(1, 7, (4, 9))
    for row, length in enumerate((9, 1, 4, 2)):
        labels[row, length:] = 0
    logits = rng.normal(size=(4, 9, 7)) * 2
    # A model that has learned padding well.
    logits[labels == 0, 0] += 8
    check(labels, logits, "[2/4]")

    print("Testing case [3/4] started.")
    labels = np.array([[0, 3, 0, 1], [2, 0, 0, 0]])
    logits = np.zeros((2, 4, 4))
    logits[0, 1, 3] = 20.0
    check(labels, logits + np.arange(4) * 1e-3, "[3/4]")

    print("Testing case [4/4] started.")
    got = masked_metrics(np.zeros((2, 3), int), rng.normal(size=(2, 3, 4)))
    assert got == {"loss": 0.0, "accuracy": 0.0}, f"Test case [4/4] failed: got {got} without a real token"

    print("Testing finished.")

# call_test_function_line --------------------

test_masked_metrics()
