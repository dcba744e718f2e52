# domain: vision
# level: 0
# checks: boxes by centre and size in shares of the image become corners in pixels
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def to_corners(boxes: np.ndarray, width: int, height: int) -> np.ndarray:
    """Turn boxes as YOLO writes them into corners in pixels.

    A row of `boxes`, shape (n, 4), is (x, y, w, h): the centre of a box, its width and its height, as shares of the image's width and height. `width` and `height`
    are the image's size in pixels.

    Returns float64, shape (n, 4): rows (x1, y1, x2, y2) in pixels, cut off at the edges of the image: x from 0 to width, y from 0 to height.

    >>> to_corners(np.array([[0.5, 0.5, 1.0, 0.5]]), 10, 20).tolist()
    [[0.0, 5.0, 10.0, 15.0]]
    """
    x, y, w, h = np.asarray(boxes, dtype=float).T
    corners = np.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], axis=1)
    return corners.clip(0, 1) * [width, height, width, height]

# test_function_code --------------------

def test_to_corners():
    import numpy as np

    def check(boxes, width, height, expected, case):
        found = np.asarray(to_corners(np.array(boxes), width, height), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0.5, 0.5, 0.5, 0.25]], 100, 40, [[25.0, 15.0, 75.0, 25.0]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[0.25, 0.75, 0.5, 0.5], [0.5, 0.125, 0.25, 0.25]], 8, 16, [[0.0, 8.0, 4.0, 16.0], [3.0, 0.0, 5.0, 4.0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[0.125, 0.9375, 0.5, 0.25], [1.0, 0.0, 0.5, 0.5]], 16, 32, [[0.0, 26.0, 6.0, 32.0], [12.0, 0.0, 16.0, 8.0]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_to_corners()
