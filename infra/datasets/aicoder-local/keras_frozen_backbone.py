# domain: tabular
# level: 3
# checks: a head is trained on a frozen backbone whose batch normalisation keeps its moving statistics
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["keras", "numpy", "tensorflow"]

# function_import --------------------

import keras
import numpy as np
import tensorflow as tf

# function_code --------------------

def build_backbone() -> keras.Model:
    """A small pretrained feature extractor from 4 to 6 numbers, all of its layers trainable."""
    rng = np.random.default_rng(77)
    backbone = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(6), keras.layers.BatchNormalization(), keras.layers.ReLU()]
    )
    backbone.layers[0].set_weights([rng.normal(size=(4, 6)), rng.normal(size=6)])
    # Scale, shift, and the mean and variance of the data that it was trained on.
    backbone.layers[1].set_weights([rng.uniform(0.5, 1.5, 6), rng.normal(size=6), rng.normal(size=6), rng.uniform(1, 4, 6)])
    return backbone


def train_head(x: np.ndarray, y: np.ndarray, steps: int, learning_rate: float) -> dict[str, np.ndarray]:
    """Train a linear head on top of the backbone of `build_backbone`, which stays as it is.

    Features are what the backbone gives for inference: its batch normalisation uses the moving mean and variance that it came with, not
    those of the batch, and nothing of the backbone changes. The head is one dense unit without activation; its
    kernel and bias start at 0. It is trained by `steps` steps of plain gradient descent (SGD without momentum) with
    `learning_rate`, each on all rows together, on the mean of the squared errors. `x` has the shape (rows, 4), `y` the shape (rows,).

    Returns the head's "kernel" (6, 1) and "bias" (1,) after training, and the trained model's "predictions" (rows,) for `x`.
    """
    backbone = build_backbone()
    backbone.trainable = False
    head = keras.layers.Dense(1, kernel_initializer="zeros")
    inputs = keras.Input((4,))
    model = keras.Model(inputs, head(backbone(inputs, training=False)))
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    model.fit(x, y[:, None], batch_size=len(x), epochs=steps, verbose=0)
    kernel, bias = head.get_weights()
    return {"kernel": kernel, "bias": bias, "predictions": model.predict(x, verbose=0)[:, 0]}

# test_function_code --------------------

def test_train_head():
    import numpy as np

    weights = [array.astype(float) for array in build_backbone().get_weights()]
    kernel, bias, scale, shift, mean, variance = weights
    rng = np.random.default_rng(3)

    def check(rows, steps, learning_rate, case):
        x = (rng.normal(size=(rows, 4)) * 2 + 1).astype(np.float32)
        y = (x @ np.array([1.0, -2.0, 0.5, 0.0]) + rng.normal(size=rows)).astype(np.float32)
        normal = (x.astype(float) @ kernel + bias - mean) / np.sqrt(variance + 1e-3)
        features = np.maximum(normal * scale + shift, 0)
        w, b = np.zeros(6), 0.0
        for _ in range(steps):
            error = features @ w + b - y
            w, b = w - learning_rate * 2 * features.T @ error / rows, b - learning_rate * 2 * error.mean()
        expected = {"kernel": w[:, None], "bias": np.array([b]), "predictions": features @ w + b}
        got = train_head(x, y, steps, learning_rate)
        for key, value in expected.items():
            fits = np.shape(got[key]) == value.shape and np.allclose(got[key], value, rtol=2e-3, atol=2e-3)
            assert fits, f"Test case {case} failed: got the {key} {got[key]}, expected {value}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(20, 1, 0.05, "[1/3]")

    print("Testing case [2/3] started.")
    check(50, 12, 0.02, "[2/3]")

    print("Testing case [3/3] started.")
    check(3, 6, 0.01, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_train_head()
