# domain: tabular
# level: 2
# checks: the threshold for a wanted precision is found among all, with ties of scores, and belongs to its recall
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def pick_threshold(labels: np.ndarray, scores: np.ndarray, min_precision: float) -> tuple[float | None, float]:
    """Choose the decision threshold of a binary classifier that keeps a wanted precision.

    `labels` (n,) are 0 or 1, with at least one 1; `scores` (n,) may hold equal values. At a threshold t the rows
    with score >= t are predicted as 1; the thresholds to choose from are the values in `scores`. Of those whose
    precision (the share of true ones among the rows predicted as 1) is at least `min_precision`, the one with the
    highest recall (the share of the true ones that are predicted as 1) is chosen, and of several with this recall
    the largest threshold. Precision may go down and up again as the threshold falls.

    Returns the threshold and its recall; (None, 0.0) if no threshold has the precision.

    >>> pick_threshold(np.array([0, 1, 1]), np.array([0.1, 0.4, 0.8]), 0.9)
    (0.4, 1.0)
    """
    best, recall = None, 0.0
    for threshold in np.unique(scores)[::-1]:
        predicted = scores >= threshold
        if labels[predicted].mean() >= min_precision:
            reached = labels[predicted].sum() / labels.sum()
            if best is None or reached > recall:
                best, recall = float(threshold), float(reached)
    return best, recall

# test_function_code --------------------

def test_pick_threshold():
    import numpy as np

    def check(labels, scores, min_precision, expected, failed):
        found = pick_threshold(np.array(labels), np.array(scores), min_precision)
        assert len(found) == 2, f"{failed}got {found}"
        if expected[0] is None:
            assert found[0] is None and found[1] == 0.0, f"{failed}got {found}, expected {expected}"
        else:
            close = found[0] is not None and all(abs(a - b) < 1e-9 for a, b in zip(found, expected))
            assert close, f"{failed}got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    labels, scores = [1, 1, 0, 1, 0, 1, 0, 0], [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2]
    check(labels, scores, 0.75, (0.6, 3 / 4), "Test case [1/4] failed: ")
    check(labels, scores, 1.0, (0.8, 2 / 4), "Test case [1/4] failed: ")
    check(labels, scores, 0.1, (0.4, 4 / 4), "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    # The precision falls below 0.7 and reaches it again; rows in any order.
    labels, scores = [1, 0, 1, 1, 1, 0], [0.3, 0.8, 0.6, 0.95, 0.5, 0.1]
    check(labels, scores, 0.7, (0.3, 1.0), "Test case [2/4] failed: ")
    check(labels, scores, 0.9, (0.95, 1 / 4), "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    # Rows with equal scores are all predicted alike.
    labels, scores = [1, 1, 0, 0, 1, 0], [0.9, 0.5, 0.5, 0.5, 0.2, 0.2]
    check(labels, scores, 0.6, (0.9, 1 / 3), "Test case [3/4] failed: ")
    check(labels, scores, 0.5, (0.2, 1.0), "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check([0, 1, 0], [0.9, 0.8, 0.1], 0.6, (None, 0.0), "Test case [4/4] failed: ")
    check([0, 0, 1], [0.3, 0.1, 0.2], 0.5, (0.2, 1.0), "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_pick_threshold()
