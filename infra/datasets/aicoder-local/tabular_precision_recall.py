# domain: tabular
# level: 0
# checks: precision, recall and F1 of one class, where nothing was predicted too
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def precision_recall_f1(labels: list[int], predictions: list[int], positive: int) -> tuple[float, float, float]:
    """Precision, recall and F1 score of one class.

    Precision is the share of the predictions of class `positive` that are right, recall the share of the examples of that class that were
    predicted so, F1 = 2 * precision * recall / (precision + recall). A value whose denominator is 0 is 0.0.

    >>> precision_recall_f1([1, 1, 0], [1, 1, 0], 1)
    (1.0, 1.0, 1.0)
    """
    hits = sum(a == b == positive for a, b in zip(labels, predictions))
    precision = hits / predictions.count(positive) if positive in predictions else 0.0
    recall = hits / labels.count(positive) if positive in labels else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return precision, recall, f1

# test_function_code --------------------

def test_precision_recall_f1():
    def check(labels, predictions, positive, expected, case):
        found = tuple(precision_recall_f1(labels, predictions, positive))
        close = len(found) == 3 and all(abs(a - b) < 1e-6 for a, b in zip(found, expected))
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1, 1, 1, 1, 0, 0], [1, 0, 0, 1, 1, 0], 1, (2 / 3, 0.5, 4 / 7), "[1/3]")

    print("Testing case [2/3] started.")
    check([2, 0, 2, 1, 0], [2, 2, 2, 2, 0], 2, (0.5, 1.0, 2 / 3), "[2/3]")

    print("Testing case [3/3] started.")
    check([0, 1, 1], [0, 0, 0], 1, (0.0, 0.0, 0.0), "[3/3]")
    check([0, 0, 0], [0, 1, 0], 1, (0.0, 0.0, 0.0), "[3/3]")
    check([1, 0, 0, 1], [1, 1, 1, 0], 0, (0.0, 0.0, 0.0), "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_precision_recall_f1()
