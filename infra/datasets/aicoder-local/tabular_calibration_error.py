# domain: tabular
# level: 2
# checks: expected calibration error weights its bins, takes the probability of the predicted class, and bins the edges
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int) -> tuple[float, list[int]]:
    """Expected calibration error of a classifier, and how many rows each bin of it holds.

    `probabilities` has shape (n, classes), each row adds up to 1; `labels` (n,) are the true classes. The
    prediction of a row is its most probable class (no two are equally probable), its confidence the probability
    of this class. The rows are put into `bins` bins of equal width by their confidence: bin b, counted from 0,
    holds those with b / bins < confidence <= (b + 1) / bins. The error of a bin is the absolute difference of the
    share of right predictions and the mean confidence of its rows. The expected calibration error is the mean
    of the bins' errors, each weighted by its number of rows (a bin without rows counts nothing).

    Returns this error and the number of rows of each bin.

    >>> calibration_error(np.array([[0.75, 0.25], [0.25, 0.75]]), np.array([0, 0]), 2)
    (0.25, [0, 2])
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    error = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(error), np.bincount(place, minlength=bins).tolist()

# test_function_code --------------------

def test_calibration_error():
    import numpy as np

    def check(rows, labels, bins, expected, counts, failed):
        error, found = calibration_error(np.array(rows), np.array(labels), bins)
        assert list(found) == counts, f"{failed}the bins hold {list(found)}, expected {counts}"
        assert abs(error - expected) < 1e-9, f"{failed}the error is {error}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    # Bin 2: one of two right at 0.7; bin 3: three of four right at 0.9.
    rows = [[0.7, 0.3], [0.7, 0.3], [0.9, 0.1], [0.9, 0.1], [0.9, 0.1], [0.9, 0.1]]
    expected = 2 / 6 * 0.2 + 4 / 6 * 0.15
    check(rows, [0, 1, 0, 0, 0, 1], 4, expected, [0, 0, 2, 4], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    # Sure of class 0 as well as of class 1.
    rows = [[0.95, 0.05], [0.1, 0.9], [0.15, 0.85]]
    check(rows, [0, 1, 0], 2, abs(2 / 3 - 0.9), [0, 3], "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    # Confidences on the edges belong to the lower bin, and 1.0 to the last one.
    rows = [[0.5, 0.25, 0.25], [0.125, 0.75, 0.125], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    expected = 1 / 4 * 0.5 + 1 / 4 * 0.75 + 2 / 4 * 0.5
    check(rows, [0, 2, 2, 1], 4, expected, [0, 1, 1, 2], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    rows = [[0.4, 0.35, 0.25], [0.3, 0.3, 0.4], [0.2, 0.2, 0.6]]
    check(rows, [1, 2, 0], 1, abs(1 / 3 - 1.4 / 3), [3], "Test case [4/4] failed: ")
    expected = 2 / 3 * abs(0.5 - 0.4) + 1 / 3 * 0.6
    check(rows, [1, 2, 0], 2, expected, [2, 1], "Test case [4/4] failed: ")
    check(rows, [0, 2, 2], 4, 2 / 3 * 0.6 + 1 / 3 * 0.4, [0, 2, 1, 0], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_calibration_error()
