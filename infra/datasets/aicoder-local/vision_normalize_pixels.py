# domain: vision
# level: 0
# checks: pixels become floats, normalised by channel, channels first
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def normalize_pixels(image: np.ndarray, mean: list[float], std: list[float]) -> np.ndarray:
    """Prepare an image for a network.

    `image` holds bytes (numpy.uint8), shape (height, width, 3). Values are divided by 255; then the mean of each channel is subtracted and the result
    divided by the channel's `std`.

    Returns 32-bit floats, shape (3, height, width).

    >>> normalize_pixels(np.array([[[0, 255, 255]]], dtype=np.uint8), [0.0, 0.0, 0.5], [1.0, 0.5, 0.5]).tolist()
    [[[0.0]], [[2.0]], [[1.0]]]
    """
    scaled = (image / 255 - np.array(mean)) / np.array(std)
    return scaled.transpose(2, 0, 1).astype(np.float32)

# test_function_code --------------------

def test_normalize_pixels():
    import numpy as np

    def check(image, mean, std, expected, case):
        found = np.asarray(normalize_pixels(np.array(image, dtype=np.uint8), mean, std))
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert str(found.dtype) == "float32", f"Test case {case} failed: the type is {found.dtype}"
        assert np.allclose(found, expected, atol=1e-5), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[[255, 0, 51], [0, 102, 255]]], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [[[1.0, 0.0]], [[0.0, 0.4]], [[0.2, 1.0]]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[[255, 255, 255]], [[0, 0, 0]]], [0.5, 0.4, 0.2], [0.5, 0.2, 0.1], [[[1.0], [-1.0]], [[3.0], [-2.0]], [[8.0], [-2.0]]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[[51, 102, 153], [204, 255, 0], [0, 51, 102]]], [0.2, 0.2, 0.2], [0.4, 0.4, 0.4], [[[0.0, 1.5, -0.5]], [[0.5, 2.0, 0.0]], [[1.0, -0.5, 0.5]]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_normalize_pixels()
