# domain: tabular
# level: 2
# checks: a functional model with two inputs runs both through one encoder, whose weights are counted once
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["keras", "numpy"]

# function_import --------------------

import keras
import numpy as np

# function_code --------------------

def siamese_scores(
    left: np.ndarray,
    right: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray,
    out_kernel: np.ndarray,
    out_bias: np.ndarray,
) -> dict:
    """How probably pairs of records belong together, by a functional Keras model with two inputs and given weights.

    `left` and `right` have the shape (pairs, width); row i of both is a pair. Both inputs go through the same encoder, a dense
    layer with tanh and the weights `kernel` (width, units) and `bias` (units,). The absolute difference of the two
    codes, unit by unit, goes through a dense layer with one unit and the sigmoid, with the weights `out_kernel` (units, 1) and
    `out_bias` (1,).

    Returns {"scores": a list with a float for each pair, "parameters": how many numbers the model could train}.
    """
    encoder = keras.layers.Dense(kernel.shape[1], activation="tanh")
    score = keras.layers.Dense(1, activation="sigmoid")
    first, second = keras.Input((left.shape[1],)), keras.Input((left.shape[1],))
    difference = keras.ops.abs(keras.layers.subtract([encoder(first), encoder(second)]))
    model = keras.Model([first, second], score(difference))
    encoder.set_weights([kernel, bias])
    score.set_weights([out_kernel, out_bias])
    scores = model.predict([left, right], verbose=0)[:, 0].tolist()
    return {"scores": scores, "parameters": int(sum(np.prod(weight.shape) for weight in model.trainable_weights))}

# test_function_code --------------------

def test_siamese_scores():
    import math

    import numpy as np

    rng = np.random.default_rng(14)

    def naive(left, right, kernel, bias, out_kernel, out_bias):
        def code(row):
            return [
                math.tanh(sum(float(x) * float(w) for x, w in zip(row, kernel[:, unit])) + float(bias[unit]))
                for unit in range(len(bias))
            ]

        scores = []
        for a, b in zip(left, right):
            logit = float(out_bias[0])
            for x, y, weight in zip(code(a), code(b), out_kernel[:, 0]):
                logit += abs(x - y) * float(weight)
            scores.append(1 / (1 + math.exp(-logit)))
        return scores

    def weights(width, units):
        shapes = ((width, units), (units,), (units, 1), (1,))
        return [rng.normal(size=shape).astype(np.float32) for shape in shapes]

    def check(pairs, width, units, case):
        left, right = (rng.normal(size=(pairs, width)).astype(np.float32) for _ in range(2))
        arrays = weights(width, units)
        got, expected = siamese_scores(left, right, *arrays), naive(left, right, *arrays)
        scores = [float(score) for score in got["scores"]]
        fits = len(scores) == pairs and all(abs(a - b) < 1e-4 for a, b in zip(scores, expected))
        assert fits, f"Test case {case} failed: got {scores}, expected {expected}"
        count = width * units + units + units + 1
        assert got["parameters"] == count, f"Test case {case} failed: {got['parameters']} parameters, expected {count}"
        swapped = [float(score) for score in siamese_scores(right, left, *arrays)["scores"]]
        symmetric = len(swapped) == pairs and all(abs(a - b) < 1e-5 for a, b in zip(scores, swapped))
        assert symmetric, f"Test case {case} failed: {scores} became {swapped} with the sides swapped"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(5, 4, 3, "[1/3]")

    print("Testing case [2/3] started.")
    check(40, 6, 8, "[2/3]")

    print("Testing case [3/3] started.")
    same = rng.normal(size=(3, 5)).astype(np.float32)
    arrays = weights(5, 2)
    scores = siamese_scores(same, same.copy(), *arrays)["scores"]
    expected = 1 / (1 + math.exp(-float(arrays[3][0])))
    fits = len(scores) == 3 and all(abs(float(score) - expected) < 1e-5 for score in scores)
    assert fits, f"Test case [3/3] failed: got {scores} for equal records, expected {expected} for each"

    print("Testing finished.")

# call_test_function_line --------------------

test_siamese_scores()
