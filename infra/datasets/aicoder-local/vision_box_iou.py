# domain: vision
# level: 0
# checks: intersection over union of two boxes, also where they do not meet
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def box_iou(a: list[float], b: list[float]) -> float:
    """Intersection over union of two boxes.

    A box is [x1, y1, x2, y2] with x1 < x2 and y1 < y2. The result is the area that both cover divided by the area that one or both cover; 0.0 for boxes
    that do not overlap.

    >>> box_iou([0, 0, 2, 2], [0, 0, 2, 1])
    0.5
    """
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    common = max(width, 0) * max(height, 0)
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return common / (areas - common)

# test_function_code --------------------

def test_box_iou():
    def check(a, b, expected, case):
        found = box_iou(a, b)
        close = isinstance(found, (int, float)) and abs(found - expected) < 1e-6
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([0, 0, 4, 4], [2, 2, 6, 6], 1 / 7, "[1/3]")

    print("Testing case [2/3] started.")
    check([0.0, 0.0, 1.0, 1.0], [0.5, 0.0, 1.5, 1.0], 1 / 3, "[2/3]")

    print("Testing case [3/3] started.")
    check([0, 0, 1, 1], [2, 2, 3, 3], 0.0, "[3/3]")
    check([0, 0, 2, 2], [0, 5, 2, 9], 0.0, "[3/3]")
    check([1, 1, 5, 3], [2, 1, 3, 2], 0.125, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_box_iou()
