# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def confusion_f1(y_true: list[int], y_pred: list[int]) -> dict[str, float]:
    """Confusion counts and F1 score of a classifier with the labels 0 and 1.

    Returns a dictionary with the keys "tp" (true 1, predicted 1), "fp" (true 0, predicted 1),
    "fn" (true 1, predicted 0), "tn" (true 0, predicted 0) and "f1", which is
    2 * tp / (2 * tp + fp + fn), or 0.0 if that would divide by zero.

    >>> confusion_f1([1, 1, 0, 0], [1, 0, 0, 0])["fn"]
    1
    """
    pairs = list(zip(y_true, y_pred))
    tp, fp, fn, tn = (pairs.count(pair) for pair in ((1, 1), (0, 1), (1, 0), (0, 0)))
    f1 = 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0
    return {"tp": tp, "fp": fp, "fn": fn, "tn": tn, "f1": f1}

# test_function_code --------------------

def test_confusion_f1():
    def check(y_true, y_pred, expected, case):
        scores = confusion_f1(y_true, y_pred)
        fits = scores.keys() == expected.keys() and all(abs(scores[key] - expected[key]) < 1e-9 for key in expected)
        assert fits, f"Test case {case} failed: got {scores}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    expected = {"tp": 2, "fp": 3, "fn": 1, "tn": 1, "f1": 0.5}
    check([1, 1, 1, 0, 0, 0, 0], [1, 1, 0, 1, 1, 1, 0], expected, "[1/3]")

    print("Testing case [2/3] started.")
    check([1, 0], [0, 1], {"tp": 0, "fp": 1, "fn": 1, "tn": 0, "f1": 0.0}, "[2/3]")

    print("Testing case [3/3] started.")
    check([0, 0], [0, 0], {"tp": 0, "fp": 0, "fn": 0, "tn": 2, "f1": 0.0}, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_confusion_f1()
