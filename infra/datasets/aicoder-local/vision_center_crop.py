# domain: vision
# level: 0
# checks: the middle of an image, and which pixels go where the margin is odd
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def center_crop(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Cut the middle out of an image.

    `image` has shape (H, W, channels), with H >= height and W >= width. The cut begins at row (H - height) // 2 and column
    (W - width) // 2.

    Returns shape (height, width, channels).

    >>> center_crop(np.arange(3).reshape(3, 1, 1), 1, 1).tolist()
    [[[1]]]
    """
    top = (image.shape[0] - height) // 2
    left = (image.shape[1] - width) // 2
    return image[top : top + height, left : left + width]

# test_function_code --------------------

def test_center_crop():
    import numpy as np

    def check(shape, height, width, expected, case):
        found = np.asarray(center_crop(np.arange(np.prod(shape)).reshape(shape), height, width))
        wanted = (height, width, shape[2])
        assert found.shape == wanted, f"Test case {case} failed: the shape is {found.shape}, expected {wanted}"
        assert found[..., 0].tolist() == expected, f"Test case {case} failed: got {found[..., 0].tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check((4, 4, 1), 2, 2, [[5, 6], [9, 10]], "[1/3]")

    print("Testing case [2/3] started.")
    check((3, 6, 1), 1, 3, [[7, 8, 9]], "[2/3]")

    print("Testing case [3/3] started.")
    check((5, 4, 2), 2, 3, [[8, 10, 12], [16, 18, 20]], "[3/3]")
    check((2, 2, 3), 2, 2, [[0, 3], [6, 9]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_center_crop()
