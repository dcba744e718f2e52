# domain: vision
# level: 0
# checks: a weighted grey image, rounded and not cut
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def to_grayscale(image: np.ndarray) -> np.ndarray:
    """Grey values of a colour image.

    `image` holds bytes (numpy.uint8), shape (height, width, 3), in the order red, green, blue. A pixel's grey is 0.299 * red + 0.587 * green + 0.114 * blue,
    rounded to the nearest integer.

    Returns bytes (numpy.uint8), shape (height, width).

    >>> to_grayscale(np.array([[[10, 10, 10], [0, 0, 200]]], dtype=np.uint8)).tolist()
    [[10, 23]]
    """
    return np.rint(image @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)

# test_function_code --------------------

def test_to_grayscale():
    import numpy as np

    def check(image, expected, case):
        found = np.asarray(to_grayscale(np.array(image, dtype=np.uint8)))
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert str(found.dtype) == "uint8", f"Test case {case} failed: the type is {found.dtype}"
        assert found.tolist() == expected, f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[[255, 0, 0]], [[0, 255, 0]], [[0, 0, 255]]], [[76], [150], [29]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[[100, 0, 0], [0, 100, 0], [0, 0, 100]]], [[30, 59, 11]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[[200, 100, 50], [255, 255, 255]], [[1, 2, 3], [0, 0, 0]]], [[124, 255], [2, 0]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_to_grayscale()
