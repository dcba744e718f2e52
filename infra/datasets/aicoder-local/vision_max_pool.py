# domain: vision
# level: 0
# checks: max pooling over square blocks, without the rest at the edges
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def max_pool(image: np.ndarray, size: int) -> np.ndarray:
    """Max pooling of a grey image.

    `image` has shape (height, width). It is cut from the top left into blocks of size x size pixels; rows and columns at the bottom and right that fill no
    whole block are left out.

    Returns the largest value of each block, shape (height // size, width // size).

    >>> max_pool(np.array([[1, 2, 3], [4, 0, 9]]), 2).tolist()
    [[4]]
    """
    rows, columns = image.shape[0] // size, image.shape[1] // size
    blocks = image[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.max(axis=(1, 3))

# test_function_code --------------------

def test_max_pool():
    import numpy as np

    def check(image, size, expected, case):
        found = np.asarray(max_pool(np.array(image), size), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[1, 5, 2, 0], [3, 4, 8, 1], [9, 0, 0, 0], [0, 0, 0, 7]], 2, [[5, 8], [9, 7]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[1, 2, 9], [3, 4, 9], [9, 9, 9]], 2, [[4]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[-5, -2, -3, -1, -7, -6]], 1, [[-5, -2, -3, -1, -7, -6]], "[3/3]")
    check([[-5, -2, -3, -8, -7, -9, 5]] * 4, 3, [[-2, -7]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_max_pool()
