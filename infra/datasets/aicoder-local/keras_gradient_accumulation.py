# domain: tabular
# level: 3
# checks: gradients of unequal micro-batches add up to that of the whole batch, and are clipped once
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "tensorflow"]

# function_import --------------------

import numpy as np
import tensorflow as tf

# function_code --------------------

def train_accumulated(
    x: np.ndarray,
    y: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray,
    micro_batch: int,
    steps: int,
    learning_rate: float,
    clip_norm: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Train a linear softmax classifier with TensorFlow on batches that do not fit into memory, by accumulating gradients.

    `x` has the shape (rows, width), and `y` holds the classes as integers. The logits are x @ kernel + bias, with `kernel`
    (width, classes) and `bias` (classes,) as the weights to start from. Each of the `steps` steps uses all rows: they are read in order in
    micro-batches of `micro_batch` rows, the last one smaller where they don't divide, and the gradients of these are
    accumulated to the gradient of the loss of all rows, which is the mean of their cross-entropies. That gradient, kernel and
    bias together, is scaled down to the global norm `clip_norm` if its norm is greater; then the weights change once, by
    -learning_rate times it.

    Returns (kernel, bias) after the last step. The arguments are not changed.
    """
    weights = [tf.Variable(kernel, dtype=tf.float32), tf.Variable(bias, dtype=tf.float32)]
    for _ in range(steps):
        total = [tf.zeros_like(weight) for weight in weights]
        for start in range(0, len(x), micro_batch):
            part = slice(start, start + micro_batch)
            with tf.GradientTape() as tape:
                logits = tf.cast(x[part], tf.float32) @ weights[0] + weights[1]
                losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y[part], logits=logits)
                loss = tf.reduce_sum(losses) / len(x)
            total = [a + b for a, b in zip(total, tape.gradient(loss, weights))]
        clipped, _ = tf.clip_by_global_norm(total, clip_norm)
        for weight, gradient in zip(weights, clipped):
            weight.assign_sub(learning_rate * gradient)
    return weights[0].numpy(), weights[1].numpy()

# test_function_code --------------------

def test_train_accumulated():
    import numpy as np

    rng = np.random.default_rng(13)

    def naive(x, y, kernel, bias, steps, learning_rate, clip_norm):
        kernel, bias = kernel.astype(float), bias.astype(float)
        for _ in range(steps):
            logits = x @ kernel + bias
            weights = np.exp(logits - logits.max(axis=1, keepdims=True))
            error = (weights / weights.sum(axis=1, keepdims=True) - np.eye(len(bias))[y]) / len(x)
            slopes = x.T @ error, error.sum(axis=0)
            norm = np.sqrt((slopes[0] ** 2).sum() + (slopes[1] ** 2).sum())
            factor = min(1.0, clip_norm / norm)
            kernel, bias = kernel - learning_rate * factor * slopes[0], bias - learning_rate * factor * slopes[1]
        return kernel, bias

    def check(rows, micro_batch, steps, learning_rate, clip_norm, case):
        x = (rng.normal(size=(rows, 3)) * np.array([1.0, 4.0, 0.5])).astype(np.float32)
        # Sorted, so that micro-batches differ.
        y = np.sort(rng.integers(0, 4, rows))
        kernel, bias = rng.normal(size=(3, 4)).astype(np.float32), rng.normal(size=4).astype(np.float32)
        before = kernel.copy(), bias.copy()
        got = train_accumulated(x, y, kernel, bias, micro_batch, steps, learning_rate, clip_norm)
        kept = np.array_equal(before[0], kernel) and np.array_equal(before[1], bias)
        assert kept, f"Test case {case} failed: an argument was changed"
        expected = naive(x, y, kernel, bias, steps, learning_rate, clip_norm)
        for name, one, other in zip(("kernel", "bias"), got, expected, strict=True):
            fits = np.shape(one) == other.shape and np.allclose(one, other, atol=2e-4)
            assert fits, f"Test case {case} failed: got the {name} {one}, expected {other}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(12, 4, 1, 0.5, 1e9, "[1/4]")

    print("Testing case [2/4] started.")
    check(13, 5, 1, 1.0, 1e9, "[2/4]")
    check(9, 8, 3, 0.5, 1e9, "[2/4]")

    print("Testing case [3/4] started.")
    check(12, 3, 4, 0.5, 0.05, "[3/4]")

    print("Testing case [4/4] started.")
    check(6, 50, 2, 0.3, 0.4, "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_train_accumulated()
