# domain: tabular
# level: 0
# checks: columns are scaled by mean and deviation of the training rows alone
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def standardize(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Standardise the columns of training and test rows.

    `train` has shape (n, features), `test` shape (m, features). From each column its mean over the training rows is subtracted, and the
    result divided by its standard deviation over the training rows (divided by n, as np.std does by default). A column whose deviation is
    0 is only centred. Returns both, scaled, in float64.

    >>> standardize(np.array([[1.0], [3.0]]), np.array([[5.0]]))[1].tolist()
    [[3.0]]
    """
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    deviation = np.where(deviation == 0, 1, deviation)
    return (train - mean) / deviation, (test - mean) / deviation

# test_function_code --------------------

def test_standardize():
    import numpy as np

    def check(train, test, expected, case):
        found = standardize(np.array(train), np.array(test))
        for name, got, want in zip(["train", "test"], found, expected):
            got = np.asarray(got, dtype=float)
            assert got.shape == np.shape(want), f"Test case {case} failed: {name} has shape {got.shape}"
            assert np.allclose(got, want, atol=1e-6), f"Test case {case} failed: {name} is {got.tolist()}, expected {want}"
        assert len(found) == 2, f"Test case {case} failed: got {len(found)} of 2 arrays"

    print("Testing started.")
    print("Testing case [1/3] started.")
    check([[0.0, 10.0], [2.0, 30.0]], [[1.0, 40.0], [4.0, 20.0]], ([[-1.0, -1.0], [1.0, 1.0]], [[0.0, 2.0], [3.0, 0.0]]), "[1/3]")

    print("Testing case [2/3] started.")
    check([[1.0], [2.0], [3.0], [6.0]], [[-3.0], [9.0]], ([[-1.069045], [-0.534522], [0.0], [1.603567]], [[-3.207135], [3.207135]]), "[2/3]")

    print("Testing case [3/3] started.")
    check([[5.0, 1.0], [5.0, 3.0]], [[7.0, 2.0]], ([[0.0, -1.0], [0.0, 1.0]], [[2.0, 0.0]]), "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_standardize()
