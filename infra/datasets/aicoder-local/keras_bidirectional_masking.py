# domain: nlp
# level: 3
# checks: a bidirectional LSTM over padded sequences ends, and begins backwards, where each sequence does
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["keras", "numpy"]

# function_import --------------------

import keras
import numpy as np

# function_code --------------------

def encode_sequences(sequences: list[list[int]], embedding: np.ndarray, weights: dict[str, list[np.ndarray]]) -> np.ndarray:
    """Encode token sequences of different lengths with a bidirectional LSTM of given weights, in one batch, with Keras.

    Token ids are 1 or more; none of the sequences is empty. `embedding` has the shape (vocabulary, width), row i being token i's; row
    0 is that of padding, and like any number of padded places must not change a code. `weights["forward"]` and
    `weights["backward"]` are [kernel (width, 4 * units), recurrent kernel (units, 4 * units), bias (4 * units,)] of the two
    directions, as `keras.layers.LSTM` has them with its default settings.

    The code of a sequence is the state of the forward LSTM after its last token, followed by the state of the backward LSTM, which
    begins at the last token, after its first token. Returns the codes as an array of the shape (sequences, 2 * units).
    """
    units = len(weights["forward"][1])
    width = max(len(sequence) for sequence in sequences)
    ids = np.array([sequence + [0] * (width - len(sequence)) for sequence in sequences])
    inputs = keras.Input((None,), dtype="int32")
    embed = keras.layers.Embedding(*embedding.shape, mask_zero=True)
    lstm = keras.layers.Bidirectional(keras.layers.LSTM(units))
    model = keras.Model(inputs, lstm(embed(inputs)))
    embed.set_weights([embedding])
    lstm.set_weights([*weights["forward"], *weights["backward"]])
    return model.predict(ids, verbose=0)

# test_function_code --------------------

def test_encode_sequences():
    import numpy as np

    rng = np.random.default_rng(31)

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def last_state(vectors, kernel, recurrent, bias):
        units = len(recurrent)
        state, cell = np.zeros(units), np.zeros(units)
        for vector in vectors:
            gates = vector @ kernel + state @ recurrent + bias
            i, f, c, o = (gates[k * units : (k + 1) * units] for k in range(4))
            cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(c)
            state = sigmoid(o) * np.tanh(cell)
        return state

    def check(lengths, units, width, case):
        embedding = rng.normal(size=(12, width)).astype(np.float32) * 1.5
        shapes = ((width, 4 * units), (units, 4 * units), (4 * units,))
        weights = {
            side: [rng.normal(size=shape).astype(np.float32) for shape in shapes] for side in ("forward", "backward")
        }
        sequences = [rng.integers(1, 12, length).tolist() for length in lengths]
        got = np.asarray(encode_sequences(sequences, embedding, weights))
        assert got.shape == (len(lengths), 2 * units), f"Test case {case} failed: got the shape {got.shape}"
        for sequence, code in zip(sequences, got):
            vectors = [embedding[token].astype(float) for token in sequence]
            forward, backward = (
                last_state(each, *[array.astype(float) for array in weights[side]])
                for each, side in ((vectors, "forward"), (vectors[::-1], "backward"))
            )
            expected = np.concatenate([forward, backward])
            fits = np.allclose(code, expected, atol=1e-4)
            assert fits, f"Test case {case} failed: {sequence} has the code {code}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([5], 3, 4, "[1/3]")

    print("Testing case [2/3] started.")
    check([2, 6, 1, 4], 3, 4, "[2/3]")

    print("Testing case [3/3] started.")
    check([1, 9, 3, 9, 2], 2, 5, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_encode_sequences()
