# domain: multimodal
# level: 0
# checks: features of two modalities, each of unit length, side by side
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def join_features(images: np.ndarray, texts: np.ndarray) -> np.ndarray:
    """Join image and text features of the same examples.

    `images` has shape (n, a), `texts` shape (n, b); no row is all 0. Each row of both is divided by its Euclidean length; then the rows are put side by side, the image first.

    Returns shape (n, a + b).

    >>> join_features(np.array([[2.0]]), np.array([[0.0, 5.0]])).tolist()
    [[1.0, 0.0, 1.0]]
    """
    parts = [rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (images, texts)]
    return np.concatenate(parts, axis=1)

# test_function_code --------------------

def test_join_features():
    import numpy as np

    def check(images, texts, expected, case):
        found = np.asarray(join_features(np.array(images), np.array(texts)), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[3.0, 4.0]], [[0.0, 0.0, 2.0]], [[0.6, 0.8, 0.0, 0.0, 1.0]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[1.0, 0.0], [0.0, -2.0]], [[5.0], [-1.0]], [[1.0, 0.0, 1.0], [0.0, -1.0, -1.0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[6.0, 8.0], [0.0, 1.0]], [[1.0, 1.0, 1.0, 1.0], [2.0, 0.0, 0.0, 0.0]], [[0.6, 0.8, 0.5, 0.5, 0.5, 0.5], [0.0, 1.0, 1.0, 0.0, 0.0, 0.0]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_join_features()
