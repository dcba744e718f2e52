# domain: tabular
# level: 0
# checks: a scikit-learn pipeline scales by the training rows and then finds neighbours
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "scikit-learn"]

# function_import --------------------

import numpy as np
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# function_code --------------------

def knn_labels(train: np.ndarray, labels: np.ndarray, test: np.ndarray, neighbors: int) -> np.ndarray:
    """Predict labels by the nearest neighbours among standardised features.

    A StandardScaler is fitted on `train`, shape (n, features), and applied to `train` and to `test`, shape (m, features); then a
    KNeighborsClassifier with `neighbors` neighbours is fitted on the training rows with `labels`, shape (n,).

    Returns the predicted labels of the test rows, shape (m,).

    >>> knn_labels(np.array([[0.0], [1.0], [9.0]]), np.array([0, 0, 1]), np.array([[8.0]]), 1).tolist()
    [1]
    """
    model = make_pipeline(StandardScaler(), KNeighborsClassifier(n_neighbors=neighbors))
    return model.fit(train, labels).predict(test)

# test_function_code --------------------

def test_knn_labels():
    import numpy as np

    def check(train, labels, test, neighbors, expected, case):
        found = np.asarray(knn_labels(np.array(train), np.array(labels), np.array(test), neighbors))
        assert found.tolist() == expected, f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0.0, 0.0], [1.0, 1000.0], [0.1, 900.0], [0.9, 100.0]], [0, 1, 0, 1], [[0.0, 300.0], [1.0, 700.0]], 1, [0, 1], "[1/3]")

    print("Testing case [2/3] started.")
    check([[1.0], [2.0], [3.0], [10.0], [11.0]], [0, 0, 0, 1, 1], [[9.0], [4.0]], 3, [1, 0], "[2/3]")

    print("Testing case [3/3] started.")
    check([[0.0, 0.0], [0.0, 10.0], [10.0, 0.0], [10.0, 10.0]], [3, 4, 5, 6], [[1.0, 2.0], [2.0, 9.0], [3.0, 8.0]], 1, [3, 4, 4], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_knn_labels()
