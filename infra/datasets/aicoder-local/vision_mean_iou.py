# domain: vision
# level: 2
# checks: mean IoU of a segmentation over a data set: pixels are pooled, unmarked ones ignored, absent classes left out
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def mean_iou(
    predictions: list[np.ndarray], targets: list[np.ndarray], classes: int, ignore: int
) -> tuple[float, list[float | None]]:
    """Mean intersection over union of a semantic segmentation over a whole data set.

    `predictions` and `targets` hold one integer array for each image, both of shape (height, width), which may
    differ from image to image. Classes are 0 to `classes` - 1; a prediction is always a class. Pixels whose target
    is `ignore` (which is no class) count nowhere, whatever was predicted there.

    The IoU of a class is the number of pixels, in all images together, where both target and prediction are the
    class, divided by the number of those where one of them or both are. A class that is in no counted pixel of
    targets or predictions has no IoU. The mean is that over the classes that have one; at least one has.

    Returns the mean, and the IoU of each class, None for a class that has none.

    >>> mean_iou([np.array([[0, 1]])], [np.array([[0, 0]])], 3, 255)
    (0.25, [0.5, 0.0, None])
    """
    confusion = np.zeros((classes, classes), dtype=np.int64)
    for prediction, target in zip(predictions, targets):
        counted = target != ignore
        np.add.at(confusion, (target[counted], prediction[counted]), 1)
    shared = np.diag(confusion)
    union = confusion.sum(axis=0) + confusion.sum(axis=1) - shared
    ious = [int(s) / int(u) if u else None for s, u in zip(shared, union)]
    found = [iou for iou in ious if iou is not None]
    return sum(found) / len(found), ious

# test_function_code --------------------

def test_mean_iou():
    import numpy as np

    def check(predictions, targets, classes, ignore, expected, failed):
        arrays = [[np.array(image) for image in images] for images in (predictions, targets)]
        mean, ious = mean_iou(*arrays, classes, ignore)
        wanted = [iou for iou in expected if iou is not None]
        same = [iou is None for iou in ious] == [iou is None for iou in expected] and all(
            iou is None or abs(got - iou) < 1e-9 for got, iou in zip(ious, expected)
        )
        assert same, f"{failed}the IoU of the classes are {ious}, expected {expected}"
        assert abs(mean - sum(wanted) / len(wanted)) < 1e-9, f"{failed}the mean is {mean}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([[[0, 0, 1], [1, 1, 1]]], [[[0, 1, 1], [0, 1, 1]]], 2, 255, [1 / 3, 3 / 5], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    predictions = [[[0, 0, 0, 1]], [[1], [0]]]
    targets = [[[0, 0, 0, 0]], [[1], [1]]]
    check(predictions, targets, 2, 255, [3 / 5, 1 / 3], "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    predictions = [[[2, 2, 0, 0, 1]], [[2, 1]]]
    targets = [[[2, 255, 0, 255, 2]], [[255, 1]]]
    check(predictions, targets, 3, 255, [1.0, 1 / 2, 1 / 2], "Test case [3/4] failed: ")
    check([[[0, 1, 1, 1]]], [[[0, -1, 1, -1]]], 2, -1, [1.0, 1.0], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check([[[0, 3, 0]]], [[[0, 0, 0]]], 5, 255, [2 / 3, None, None, 0.0, None], "Test case [4/4] failed: ")
    check([[[4, 1]]], [[[4, 255]]], 5, 255, [None, None, None, None, 1.0], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_mean_iou()
