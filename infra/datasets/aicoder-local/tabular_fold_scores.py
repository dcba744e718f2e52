# domain: tabular
# level: 0
# checks: cross-validated scores from models that never saw their fold
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "scikit-learn"]

# function_import --------------------

import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold

# function_code --------------------

def fold_errors(features: np.ndarray, targets: np.ndarray, folds: int) -> list[float]:
    """Mean absolute error of a linear regression on each fold of a cross-validation.

    The rows are cut into `folds` folds in their order, without shuffling, as scikit-learn's KFold does. For each fold a LinearRegression is
    fitted on all other rows and predicts the fold. `features` has shape (n, d), `targets` shape (n,).

    Returns the mean absolute error of each fold in order.

    >>> [round(error, 6) for error in fold_errors(np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([1.0, 3.0, 5.0, 7.0]), 2)]
    [0.0, 0.0]
    """
    errors = []
    for train, test in KFold(folds).split(features):
        predicted = LinearRegression().fit(features[train], targets[train]).predict(features[test])
        errors.append(float(np.abs(predicted - targets[test]).mean()))
    return errors

# test_function_code --------------------

def test_fold_errors():
    import numpy as np

    def check(features, targets, folds, expected, case):
        found = [float(error) for error in fold_errors(np.array(features), np.array(targets), folds)]
        close = len(found) == len(expected) and np.allclose(found, expected, atol=1e-6)
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0.0], [1.0], [2.0], [3.0]], [0.0, 1.0, 4.0, 10.0], 2, [5.5, 4.5], "[1/3]")

    print("Testing case [2/3] started.")
    check([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]], [2.0, 1.0, 4.0, 3.0, 6.0, 5.0], 3, [1.2, 16 / 17, 1.2], "[2/3]")

    print("Testing case [3/3] started.")
    check([[0.0], [1.0], [2.0]], [5.0, 0.0, 1.0], 3, [6.0, 3.0, 6.0], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_fold_errors()
