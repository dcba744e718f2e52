# domain: nlp
# level: 1
# checks: padding stays out of mean-pooled sentence embeddings, which have unit length
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def mean_pool(token_embeddings: np.ndarray, attention_mask: np.ndarray) -> np.ndarray:
    """Sentence embeddings from the last hidden state of a transformer encoder.

    `token_embeddings` has the shape (batch, tokens, width); `attention_mask` has the shape (batch, tokens),
    1 for a token and 0 for padding, which may stand on either side. The embedding of a sentence is the
    mean of the embeddings of its tokens, padding left out, divided by its Euclidean length. A sentence without any token, and
    one whose mean is all zeros, gets zeros. Returns an array of the shape (batch, width), all of it finite.

    >>> mean_pool(np.array([[[3.0, 4.0], [9.0, 9.0]]]), np.array([[1, 0]])).tolist()
    [[0.6, 0.8]]
    """
    mask = attention_mask[:, :, None].astype(token_embeddings.dtype)
    # Zeroed by where, not by the mask as a factor: padding may hold values that are not finite.
    summed = np.where(mask > 0, token_embeddings, 0).sum(axis=1)
    means = summed / np.maximum(mask.sum(axis=1), 1)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return means / np.where(lengths == 0, 1, lengths)

# test_function_code --------------------

def test_mean_pool():
    import numpy as np

    def near(got, expected):
        got = np.asarray(got)
        return got.shape == np.shape(expected) and bool(np.allclose(got, expected, rtol=0, atol=1e-6))

    print("Testing started.")

    print("Testing case [1/4] started.")
    pooled = mean_pool(np.array([[[3.0, 0.0], [0.0, 4.0], [100.0, -7.0]]]), np.array([[1, 1, 0]]))
    assert near(pooled, [[0.6, 0.8]]), f"Test case [1/4] failed: got {pooled} with padding on the right"
    pooled = mean_pool(np.array([[[100.0, -7.0], [3.0, 0.0], [0.0, 4.0]]]), np.array([[0, 1, 1]]))
    assert near(pooled, [[0.6, 0.8]]), f"Test case [1/4] failed: got {pooled} with padding on the left"

    print("Testing case [2/4] started.")
    rng = np.random.default_rng(3)
    tokens = rng.normal(size=(5, 7, 4))
    counts = [7, 1, 3, 6, 2]
    mask = np.array([[1] * count + [0] * (7 - count) for count in counts])
    expected = []
    for sentence, count in zip(tokens, counts):
        mean = [sum(float(sentence[t][d]) for t in range(count)) / count for d in range(4)]
        length = sum(value * value for value in mean) ** 0.5
        expected.append([value / length for value in mean])
    pooled = mean_pool(tokens.copy(), mask)
    assert near(pooled, expected), f"Test case [2/4] failed: got {pooled}, expected {expected}"

    print("Testing case [3/4] started.")
    pooled = mean_pool(np.array([[[1.0, 2.0], [5.0, 5.0]], [[0.0, -2.0], [7.0, 1.0]]]), np.array([[0, 0], [1, 0]]))
    assert near(pooled, [[0.0, 0.0], [0.0, -1.0]]), f"Test case [3/4] failed: got {pooled} where the first has no token"
    pooled = mean_pool(np.array([[[1.0, 2.0], [-1.0, -2.0]]]), np.array([[1, 1]]))
    assert near(pooled, [[0.0, 0.0]]), f"Test case [3/4] failed: got {pooled} for a mean of zeros"

    print("Testing case [4/4] started.")
    pooled = mean_pool(np.array([[[0.0, 5.0], [np.nan, np.inf]]]), np.array([[1, 0]]))
    assert near(pooled, [[0.0, 1.0]]), f"Test case [4/4] failed: got {pooled} where the padding is not finite"

    print("Testing finished.")

# call_test_function_line --------------------

test_mean_pool()
