# domain: vision
# level: 2
# checks: focal loss with its class weight on the right side, stable for large logits, and its gradient
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "tensorflow"]

# function_import --------------------

import numpy as np
import tensorflow as tf

# function_code --------------------

def focal_loss(labels: np.ndarray, logits: np.ndarray, alpha: float, gamma: float) -> tuple[float, np.ndarray]:
    """Binary focal loss (Lin et al. 2017) of a batch, and its gradient by the logits, with TensorFlow.

    `labels` are 0.0 or 1.0 and `logits` are real numbers, both of the shape (n,) and 32-bit. With p = sigmoid(logit), the loss of a row is
    -alpha * (1 - p)^gamma * log(p) where the label is 1, and -(1 - alpha) * p^gamma * log(1 - p) where it is 0. `gamma`
    is 1 or more. The loss of the batch is the mean over its rows.

    Returns (loss, gradient): the gradient of the batch's loss by each logit, an array of the shape (n,). Both are exact to four digits
    and finite for logits from -80 to 80, where p itself may be rounded to 0 or 1.

    >>> loss, _ = focal_loss(np.array([1.0], np.float32), np.array([0.0], np.float32), 0.5, 1.0)
    >>> round(float(loss), 4)
    0.1733
    """
    labels, logits = tf.constant(labels, tf.float32), tf.constant(logits, tf.float32)
    # Of the label's side, as the cases 1 and 0 mirror each other.
    signs = 2 * labels - 1
    weights = tf.where(labels == 1, alpha, 1 - alpha)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        margins = signs * logits
        losses = weights * tf.exp(-gamma * tf.nn.softplus(margins)) * tf.nn.softplus(-margins)
        loss = tf.reduce_mean(losses)
    return float(loss), tape.gradient(loss, logits).numpy()

# test_function_code --------------------

def test_focal_loss():
    import math

    import numpy as np

    def softplus(x):
        return max(x, 0.0) + math.log1p(math.exp(-abs(x)))

    def row_loss(label, logit, alpha, gamma):
        margin = logit if label == 1 else -logit
        weight = alpha if label == 1 else 1 - alpha
        return weight * math.exp(-gamma * softplus(margin)) * softplus(-margin)

    def check(labels, logits, alpha, gamma, case):
        loss, gradient = focal_loss(np.array(labels, np.float32), np.array(logits, np.float32), alpha, gamma)
        expected = sum(row_loss(*row, alpha, gamma) for row in zip(labels, logits)) / len(labels)
        fits = abs(float(loss) - expected) <= 1e-3 * expected + 1e-9
        assert fits, f"Test case {case} failed: got the loss {loss}, expected {expected}"
        step = 1e-4
        slopes = [
            (row_loss(label, logit + step, alpha, gamma) - row_loss(label, logit - step, alpha, gamma)) / (2 * step)
            for label, logit in zip(labels, logits)
        ]
        slopes = [slope / len(labels) for slope in slopes]
        gradient = np.asarray(gradient)
        fits = gradient.shape == (len(labels),) and np.allclose(gradient, slopes, rtol=2e-3, atol=1e-6)
        assert fits, f"Test case {case} failed: got the gradient {gradient}, expected {slopes}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([1, 0, 1, 0], [0.0, 0.0, 2.0, -1.5], 0.5, 2.0, "[1/4]")

    print("Testing case [2/4] started.")
    check([1, 1, 0], [0.3, -0.7, 0.9], 0.9, 2.0, "[2/4]")
    check([0, 0, 0, 1], [1.0, -0.5, 2.5, 0.4], 0.25, 1.0, "[2/4]")

    print("Testing case [3/4] started.")
    check([1, 0], [-80.0, 80.0], 0.25, 2.0, "[3/4]")
    check([1, 0, 1], [-30.0, 45.0, -18.0], 0.6, 3.0, "[3/4]")

    print("Testing case [4/4] started.")
    check([1, 0, 1], [80.0, -80.0, 25.0], 0.25, 2.0, "[4/4]")
    check([1, 0, 0], [60.0, -1.0, 0.2], 0.4, 1.5, "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_focal_loss()
