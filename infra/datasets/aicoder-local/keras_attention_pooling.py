# domain: nlp
# level: 2
# checks: a custom layer pools by attention, masked before the softmax and over the right axis
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["keras", "numpy"]

# function_import --------------------

import keras
import numpy as np

# function_code --------------------

def attention_pool(
    states: np.ndarray, mask: np.ndarray, kernel: np.ndarray, bias: np.ndarray, query: np.ndarray
) -> dict[str, np.ndarray]:
    """Pool the states of sequences by additive attention, with a custom Keras layer of given weights.

    `states` has the shape (rows, steps, width); `mask` is boolean, of the shape (rows, steps), True for a real step.
    The score of a step is tanh(state @ kernel + bias) @ query, with `kernel` (width, units), `bias` (units,) and
    `query` (units,). A row's weights are the softmax of the scores of its real steps; other steps have weight 0. The
    pooled row is the sum of its states times their weights. A row without any real step has weights and result 0. What the
    states of masked steps are has no influence; all are finite, and scores may be as large as 1,000.

    Returns {"pooled": (rows, width), "weights": (rows, steps)}.

    >>> states, kernel = np.array([[[2.0], [4.0]]], np.float32), np.zeros((1, 1), np.float32)
    >>> mask, bias, query = np.array([[True, True]]), np.zeros(1, np.float32), np.ones(1, np.float32)
    >>> attention_pool(states, mask, kernel, bias, query)["weights"].tolist()
    [[0.5, 0.5]]
    """

    class AttentionPooling(keras.layers.Layer):
        def build(self, shape):
            self.kernel = self.add_weight(shape=kernel.shape, name="kernel")
            self.bias = self.add_weight(shape=bias.shape, name="bias")
            self.query = self.add_weight(shape=query.shape, name="query")

        def call(self, states, real):
            scores = keras.ops.matmul(keras.ops.tanh(keras.ops.matmul(states, self.kernel) + self.bias), self.query[:, None])
            scores = keras.ops.where(real, scores[..., 0], -1e9)
            weights = keras.ops.softmax(scores, axis=1) * keras.ops.cast(real, scores.dtype)
            return keras.ops.sum(states * weights[..., None], axis=1), weights

    layer = AttentionPooling()
    layer.build(states.shape)
    layer.set_weights([kernel, bias, query])
    pooled, weights = layer(keras.ops.cast(states, "float32"), keras.ops.convert_to_tensor(mask))
    return {"pooled": keras.ops.convert_to_numpy(pooled), "weights": keras.ops.convert_to_numpy(weights)}

# test_function_code --------------------

def test_attention_pool():
    import math

    import numpy as np

    rng = np.random.default_rng(17)

    def naive(states, mask, kernel, bias, query):
        pooled, weights = np.zeros((len(states), states.shape[2])), np.zeros(mask.shape)
        for row in range(len(states)):
            real = [t for t in range(mask.shape[1]) if mask[row, t]]
            scores = {
                t: sum(
                    math.tanh(float(states[row, t].astype(float) @ kernel[:, u].astype(float)) + float(bias[u])) * float(query[u])
                    for u in range(len(query))
                )
                for t in real
            }
            exponentials = {t: math.exp(score - max(scores.values())) for t, score in scores.items()}
            for t in real:
                weights[row, t] = exponentials[t] / sum(exponentials.values())
                pooled[row] += weights[row, t] * states[row, t]
        return {"pooled": pooled, "weights": weights}

    def check(mask, width, units, scale, case, junk=0.0):
        mask = np.array(mask, dtype=bool)
        states = rng.normal(size=(*mask.shape, width)).astype(np.float32)
        states[~mask] += junk
        arrays = [rng.normal(size=shape).astype(np.float32) for shape in ((width, units), (units,), (units,))]
        arrays[2] *= scale
        got, expected = attention_pool(states, mask, *arrays), naive(states, mask, *arrays)
        for key, value in expected.items():
            fits = np.shape(got[key]) == value.shape and np.allclose(got[key], value, atol=2e-3)
            assert fits, f"Test case {case} failed: got the {key} {got[key]}, expected {value}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([[1, 1, 1, 1], [1, 1, 1, 1]], 3, 5, 1.0, "[1/4]")

    print("Testing case [2/4] started.")
    check([[1, 1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 1]], 3, 4, 1.0, "[2/4]", junk=50.0)

    print("Testing case [3/4] started.")
    check([[0, 0, 0], [1, 1, 0]], 2, 3, 2.0, "[3/4]")

    print("Testing case [4/4] started.")
    check([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]], 4, 2, 300.0, "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_attention_pool()
