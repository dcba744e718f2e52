# domain: tabular
# level: 1
# checks: metrics of an imbalanced classification give each class the same weight, and know absent classes
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "scikit-learn"]

# function_import --------------------

import numpy as np
from sklearn.metrics import confusion_matrix

# function_code --------------------

def imbalanced_report(truth: list[str], predicted: list[str], classes: list[str]) -> dict[str, object]:
    """Metrics of a classification whose classes are of very different sizes.

    `truth` and `predicted` are the true and predicted class of each row, all from `classes`. Returns a dictionary:

    - "recall": for each class a float, or None if no row truly is of it: the share of its true rows that
      were predicted as it;
    - "balanced_accuracy": the mean of those recalls that are not None;
    - "macro_f1": the mean over all of `classes` of F1 = 2 * tp / (2 * tp + fp + fn), which is 0.0 for a class without
      true and predicted rows;
    - "worst": the class with the lowest recall, the first of `classes` if several have it.

    Here tp, fp and fn count the rows that are rightly predicted as the class, wrongly predicted as it, and of it
    but predicted otherwise. At least one row is given.

    >>> imbalanced_report(["a", "a", "a", "b"], ["a", "a", "a", "a"], ["a", "b"])["balanced_accuracy"]
    0.5
    """
    counts = confusion_matrix(truth, predicted, labels=classes)
    hits, true_rows = np.diag(counts), counts.sum(axis=1)
    recall = {name: float(hit / rows) if rows else None for name, hit, rows in zip(classes, hits, true_rows)}
    known = {name: value for name, value in recall.items() if value is not None}
    # 2 tp + fp + fn are the rows that are of a class, and those that are predicted as it.
    f1 = 2 * hits / np.maximum(true_rows + counts.sum(axis=0), 1)
    return {
        "recall": recall,
        "balanced_accuracy": sum(known.values()) / len(known),
        "macro_f1": float(f1.mean()),
        "worst": min(known, key=known.get),
    }

# test_function_code --------------------

def test_imbalanced_report():
    def check(rows, classes, recall, macro_f1, worst, failed):
        """`rows` are (true class, predicted class, how many times)."""
        truth = [true for true, _, count in rows for _ in range(count)]
        predicted = [guess for _, guess, count in rows for _ in range(count)]
        report = imbalanced_report(truth, predicted, classes)
        known = [value for value in recall.values() if value is not None]
        expected = {"balanced_accuracy": sum(known) / len(known), "macro_f1": macro_f1}
        for name, value in expected.items():
            assert abs(report[name] - value) < 1e-9, f"{failed}{name} is {report[name]}, expected {value}"
        found = dict(report["recall"])
        same = found.keys() == recall.keys() and all(
            found[name] is None if value is None else found[name] is not None and abs(found[name] - value) < 1e-9
            for name, value in recall.items()
        )
        assert same, f"{failed}the recalls are {found}, expected {recall}"
        assert report["worst"] == worst, f"{failed}the worst is {report['worst']}, expected {worst}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    rows = [("ok", "ok", 90), ("ok", "fraud", 6), ("fraud", "ok", 3), ("fraud", "fraud", 1)]
    f1 = (180 / 189 + 2 / 11) / 2
    check(rows, ["ok", "fraud"], {"ok": 90 / 96, "fraud": 1 / 4}, f1, "fraud", "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    rows = [("a", "a", 8), ("a", "b", 2), ("b", "b", 1), ("b", "c", 1), ("c", "a", 4), ("c", "c", 6)]
    f1 = (16 / 22 + 2 / 5 + 12 / 17) / 3
    check(rows, ["c", "b", "a"], {"a": 0.8, "b": 0.5, "c": 0.6}, f1, "b", "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    # "d" is predicted but never true, "e" is neither.
    rows = [("a", "a", 3), ("a", "d", 1), ("b", "b", 3), ("b", "a", 1)]
    recall = {"a": 0.75, "b": 0.75, "d": None, "e": None}
    check(rows, ["a", "b", "d", "e"], recall, (6 / 8 + 6 / 7) / 4, "a", "Test case [3/3] failed: ")
    check(rows, ["e", "b", "d", "a"], recall, (6 / 8 + 6 / 7) / 4, "b", "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_imbalanced_report()
