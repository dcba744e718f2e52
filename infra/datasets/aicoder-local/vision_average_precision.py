# domain: vision
# level: 3
# checks: average precision of a detector: ranking over all images, one detection a box, interpolated precision
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def average_precision(
    detections: list[tuple[str, float, list[float]]], truths: dict[str, list[list[float]]], threshold: float
) -> float:
    """Average precision of a detector for one class, as PASCAL VOC measures it from 2010 on.

    A box is [x1, y1, x2, y2]; the IoU of two boxes is the area of their intersection over that of their union.
    A detection is (image, score, box), with scores that are all different; `truths` has the true boxes of each image
    that has any, at least one in all. The detections of all images are taken together, by score, highest
    first. A detection belongs to the true box of its image with the largest IoU. It is right if this IoU is at
    least `threshold` and the true box was not found by a detection before; otherwise it is wrong, also
    where another true box would have been free.

    After k detections, precision is the share of right ones among the k, and recall the share of the true boxes
    of all images that were found. The interpolated precision at a recall r is the largest precision at any
    k whose recall is r or more. The result is the area under it: over the k at which recall grows, the sum of
    (growth of the recall) * (interpolated precision at the new recall). Without detections it is 0.0.

    >>> average_precision([("a", 0.9, [0, 0, 1, 1]), ("a", 0.8, [2, 0, 4, 2])], {"a": [[2, 0, 4, 2]]}, 0.5)
    0.5
    """

    def area(box: list[float]) -> float:
        return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])

    def iou(a: list[float], b: list[float]) -> float:
        shared = area([max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])])
        return shared / (area(a) + area(b) - shared)

    found = set()
    points = []
    for k, (image, _, box) in enumerate(sorted(detections, key=lambda one: -one[1]), 1):
        overlaps = [iou(box, truth) for truth in truths.get(image, [])]
        best = max(overlaps, default=0.0)
        if overlaps and best >= threshold and (image, overlaps.index(best)) not in found:
            found.add((image, overlaps.index(best)))
            points.append(len(found) / k)
    total = sum(len(boxes) for boxes in truths.values())
    return sum(max(points[number:]) for number in range(len(points))) / total

# test_function_code --------------------

def test_average_precision():
    def check(detections, truths, threshold, expected, failed):
        found = average_precision(detections, truths, threshold)
        assert abs(found - expected) < 1e-9, f"{failed}got {found}, expected {expected}"

    # Boxes that share nothing with one another.
    a, b, c, d = [0, 0, 10, 10], [20, 0, 30, 10], [40, 0, 50, 10], [60, 0, 70, 10]
    away = [200, 200, 210, 210]

    print("Testing started.")

    print("Testing case [1/5] started.")
    ranked = [("i", 0.9, a), ("j", 0.8, away), ("j", 0.7, c)]
    check(ranked, {"i": [a, b], "j": [c]}, 0.5, 5 / 9, "Test case [1/5] failed: ")

    print("Testing case [2/5] started.")
    # Wrong, right, right: the precisions 1/2 and 2/3 are interpolated to 2/3.
    ranked = [("i", 0.3, b), ("i", 0.9, away), ("i", 0.6, a)]
    check(ranked, {"i": [a, b]}, 0.5, 2 / 3, "Test case [2/5] failed: ")

    print("Testing case [3/5] started.")
    # The same box found twice, and the ranking of two images together.
    twice = [("i", 0.9, a), ("i", 0.8, a), ("j", 0.85, away), ("j", 0.4, d)]
    check(twice, {"i": [a], "j": [d]}, 0.5, 1 / 2 + 1 / 4, "Test case [3/5] failed: ")
    check([("k", 0.9, a), ("i", 0.8, a)], {"i": [a]}, 0.5, 0.5, "Test case [3/5] failed: ")

    print("Testing case [4/5] started.")
    # IoU 0.6 is enough for a threshold of 0.6; and a taken best box is not replaced by the second best.
    truths = {"i": [[0, 0, 10, 10], [4, 0, 14, 10]]}
    check([("i", 0.9, [0, 0, 10, 6])], truths, 0.6, 0.5, "Test case [4/5] failed: ")
    check([("i", 0.9, [0, 0, 10, 6])], truths, 0.61, 0.0, "Test case [4/5] failed: ")
    near = [("i", 0.9, [0, 0, 10, 10]), ("i", 0.8, [1, 0, 11, 10])]
    check(near, truths, 0.5, 0.5, "Test case [4/5] failed: ")

    print("Testing case [5/5] started.")
    # Boxes that are moved downwards, and one that is right of and below the true box.
    low = {"i": [[5, 20, 15, 30]], "j": [[40, 50, 60, 60]]}
    moved = [("i", 0.9, [5, 27, 15, 37]), ("i", 0.8, [5, 23, 15, 33]), ("j", 0.7, [40, 52, 60, 62])]
    check(moved, low, 0.5, 2 / 3, "Test case [5/5] failed: ")
    check([("i", 0.9, [24, 39, 34, 49])], low, 0.5, 0.0, "Test case [5/5] failed: ")
    check([], {"i": [a]}, 0.5, 0.0, "Test case [5/5] failed: ")
    check([("i", 0.5, away)], {"i": [a], "j": [b, c]}, 0.5, 0.0, "Test case [5/5] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_average_precision()
