# domain: tabular
# level: 3
# checks: the second level of a stack learns from predictions for rows that the first level has not seen
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "scikit-learn"]

# function_import --------------------

import numpy as np
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.neighbors import KNeighborsRegressor

# function_code --------------------

def stack_predictions(
    features: np.ndarray, targets: np.ndarray, folds: np.ndarray, new_features: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Predict by a stack of two models and a linear model over them.

    `features` (n, d) and `targets` (n,) are the training rows, `folds` (n,) an integer for each, two or more different
    ones; `new_features` (m, d) are the rows to predict. The first level has two models, in this order:
    Ridge(alpha=1.0) and KNeighborsRegressor(n_neighbors=3), their other settings as they are by default. For a training
    row, each predicts after it was fitted to all rows of the other folds. On these predictions, two columns, a
    LinearRegression (with intercept) learns the targets: the second level. For a new row, both models of the first
    level predict after they were fitted to all training rows, and the second level makes of this its prediction.

    Returns the predictions of the first level for the training rows, shape (n, 2), and those of the stack for
    the new rows, shape (m,).
    """

    def fitted(rows: np.ndarray) -> list:
        models = [Ridge(alpha=1.0), KNeighborsRegressor(n_neighbors=3)]
        return [model.fit(features[rows], targets[rows]) for model in models]

    def predict(models: list, rows: np.ndarray) -> np.ndarray:
        return np.column_stack([model.predict(rows) for model in models])

    first = np.zeros((len(targets), 2))
    for fold in np.unique(folds):
        first[folds == fold] = predict(fitted(folds != fold), features[folds == fold])
    second = LinearRegression().fit(first, targets)
    everything = fitted(np.ones(len(targets), dtype=bool))
    return first, second.predict(predict(everything, new_features))

# test_function_code --------------------

def test_stack_predictions():
    import numpy as np
    from sklearn.datasets import load_diabetes

    def ridge(x, y, new):
        """In closed form, the intercept not penalised."""
        mean = x.mean(axis=0)
        centred = x - mean
        weight = np.linalg.solve(centred.T @ centred + np.eye(x.shape[1]), centred.T @ (y - y.mean()))
        return (new - mean) @ weight + y.mean()

    def neighbours(x, y, new):
        distances = ((new[:, None, :] - x[None, :, :]) ** 2).sum(axis=2)
        return y[np.argsort(distances, axis=1)[:, :3]].mean(axis=1)

    def first_level(x, y, new):
        return np.column_stack([ridge(x, y, new), neighbours(x, y, new)])

    def check(features, targets, folds, new, failed):
        first, stacked = stack_predictions(features, targets, folds, new)
        expected = np.zeros((len(targets), 2))
        for fold in set(folds.tolist()):
            inside = folds == fold
            expected[inside] = first_level(features[~inside], targets[~inside], features[inside])
        first = np.asarray(first, dtype=float)
        assert first.shape == expected.shape, f"{failed}the first level is of shape {first.shape}"
        worst = float(np.abs(first - expected).max())
        assert worst < 1e-3, f"{failed}the first level is off by {worst}"
        known = np.column_stack([expected, np.ones(len(targets))])
        weights = np.linalg.lstsq(known, targets, rcond=None)[0]
        wanted = np.column_stack([first_level(features, targets, new), np.ones(len(new))]) @ weights
        stacked = np.asarray(stacked, dtype=float)
        same = stacked.shape == wanted.shape and float(np.abs(stacked - wanted).max()) < 1e-2
        assert same, f"{failed}the stack predicts {stacked.tolist()}, expected {wanted.tolist()}"

    data = load_diabetes()
    # In units of the standard deviation: as it comes, each column is shorter than the penalty.
    features, targets = data.data * 21, data.target

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(features[:60], targets[:60], np.arange(60) % 3, features[60:68], "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    check(features[100:150], targets[100:150], np.repeat([7, 2], [15, 35]), features[:5], "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    folds = np.arange(40) ** 2 % 5
    check(features[200:240, :4], targets[200:240], folds, features[300:301, :4], "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_stack_predictions()
