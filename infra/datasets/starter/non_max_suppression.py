# domain: vision

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def non_max_suppression(boxes: list[list[float]], scores: list[float], threshold: float) -> list[int]:
    """Keep the best of the boxes that overlap, as an object detector does.

    A box is [x1, y1, x2, y2] with x1 < x2 and y1 < y2. The IoU of two boxes is the area of their
    intersection divided by the area of their union. The boxes are visited by score, highest first; a
    box is kept if its IoU with every box kept before is at most `threshold`. Returns the indices of
    the kept boxes in that order.

    >>> non_max_suppression([[0, 0, 2, 2], [0, 0, 2, 1.8], [5, 5, 6, 6]], [0.8, 0.9, 0.3], 0.5)
    [1, 2]
    """

    def area(box: list[float]) -> float:
        return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])

    def iou(a: list[float], b: list[float]) -> float:
        shared = area([max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])])
        return shared / (area(a) + area(b) - shared)

    kept = []
    for i in sorted(range(len(boxes)), key=lambda i: -scores[i]):
        if all(iou(boxes[i], boxes[j]) <= threshold for j in kept):
            kept.append(i)
    return kept

# test_function_code --------------------

def test_non_max_suppression():
    print("Testing started.")

    print("Testing case [1/4] started.")
    boxes = [[0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30], [19, 20, 29, 30]]
    kept = non_max_suppression(boxes, [0.9, 0.8, 0.7, 0.95], 0.5)
    assert kept == [3, 0], f"Test case [1/4] failed: got {kept}"

    print("Testing case [2/4] started.")
    kept = non_max_suppression([[0, 0, 2, 1], [1, 0, 3, 1], [2, 0, 4, 1]], [0.5, 0.9, 0.6], 0.3)
    assert kept == [1], f"Test case [2/4] failed: got {kept}"
    kept = non_max_suppression([[0, 0, 2, 1], [0, 0, 1, 1]], [0.5, 0.9], 0.5)
    assert kept == [1, 0], f"Test case [2/4] failed: an IoU equal to the threshold is allowed, got {kept}"

    print("Testing case [3/4] started.")
    kept = non_max_suppression([[0, 0, 1, 1], [2, 2, 3, 3], [-3, -3, -2, -2]], [0.2, 0.1, 0.7], 0.0)
    assert kept == [2, 0, 1], f"Test case [3/4] failed: separate boxes all stay, got {kept}"

    print("Testing case [4/4] started.")
    assert non_max_suppression([], [], 0.5) == [], "Test case [4/4] failed: no boxes"

    print("Testing finished.")

# call_test_function_line --------------------

test_non_max_suppression()
