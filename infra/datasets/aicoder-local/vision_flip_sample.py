# domain: vision
# level: 1
# checks: a mirrored image, its boxes and its keypoints agree, left and right change names, hidden points stay
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def flip_sample(
    image: np.ndarray, boxes: np.ndarray, keypoints: np.ndarray, pairs: list[tuple[int, int]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mirror a training image left to right, together with what is marked in it.

    `image` has shape (height, width, 3). `boxes` has shape (n, 4): x1, y1, x2, y2 with x1 < x2, in a continuous
    coordinate system in which x runs from 0 at the left edge of the image to `width` at its right edge.
    `keypoints` has shape (n, k, 3): x and y in the same system, and 1 if the point is visible or 0 if it is not;
    points that are not visible are [0, 0, 0] and stay so. Each of `pairs` names two of the k keypoints that
    exchange their places when a body is mirrored (left eye and right eye); no keypoint is in two pairs.

    Returns image, boxes (again with x1 < x2) and keypoints of the mirrored sample, with the shapes of the
    arguments, objects in the same order. The arguments are not changed.

    >>> box, points = np.array([[1.0, 0.0, 3.0, 2.0]]), np.array([[[1.0, 1.0, 1.0]]])
    >>> flip_sample(np.zeros((2, 10, 3)), box, points, [])[1].tolist()
    [[7.0, 0.0, 9.0, 2.0]]
    """
    width = image.shape[1]
    flipped_boxes = boxes.copy()
    flipped_boxes[:, [0, 2]] = width - boxes[:, [2, 0]]
    order = list(range(keypoints.shape[1]))
    for one, other in pairs:
        order[one], order[other] = other, one
    points = keypoints[:, order]
    points[..., 0] = np.where(points[..., 2] > 0, width - points[..., 0], 0)
    return image[:, ::-1].copy(), flipped_boxes, points

# test_function_code --------------------

def test_flip_sample():
    import numpy as np

    def check(image, boxes, keypoints, pairs, expected, failed):
        arguments = [np.array(image), np.array(boxes, dtype=float), np.array(keypoints, dtype=float)]
        before = [argument.tolist() for argument in arguments]
        found = flip_sample(*arguments, pairs)
        for name, got, wanted in zip(("image", "boxes", "keypoints"), found, expected):
            same = np.shape(got) == np.shape(wanted) and np.allclose(np.asarray(got, dtype=float), wanted)
            assert same, f"{failed}{name} are {np.asarray(got).tolist()}, expected {np.asarray(wanted).tolist()}"
        assert [argument.tolist() for argument in arguments] == before, f"{failed}an argument was changed"
        assert len(found) == 3, f"{failed}got {len(found)} of 3 arrays"

    image = np.arange(2 * 5 * 3).reshape(2, 5, 3)
    mirrored = [[row[4 - column].tolist() for column in range(5)] for row in image]

    print("Testing started.")
    print("Testing case [1/3] started.")
    boxes, flipped = [[1, 0, 2.5, 2], [0, 0, 5, 1]], [[2.5, 0, 4, 2], [0, 0, 5, 1]]
    points = [[[1, 1, 1]], [[4.5, 0, 1]]]
    expected = (mirrored, flipped, [[[4, 1, 1]], [[0.5, 0, 1]]])
    check(image, boxes, points, [], expected, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    points = [[[2, 1, 1], [1, 0.5, 1], [3.5, 0.25, 1], [0.5, 2, 1], [4, 1.5, 1]]]
    flipped = [[[3, 1, 1], [1.5, 0.25, 1], [4, 0.5, 1], [1, 1.5, 1], [4.5, 2, 1]]]
    expected = (mirrored, [[3, 1, 4, 2]], flipped)
    check(image, [[1, 1, 2, 2]], points, [(1, 2), (4, 3)], expected, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    points = [[[0, 0, 0], [2, 1, 1]], [[0, 0, 0], [0, 0, 0]]]
    flipped = [[[3, 1, 1], [0, 0, 0]], [[0, 0, 0], [0, 0, 0]]]
    expected = (mirrored, [[4, 0, 5, 1], [0, 1, 1, 2]], flipped)
    check(image, [[0, 0, 1, 1], [4, 1, 5, 2]], points, [(0, 1)], expected, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_flip_sample()
