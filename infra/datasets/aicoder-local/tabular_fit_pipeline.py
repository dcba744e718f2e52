# domain: tabular
# level: 2
# checks: imputing, scaling and one-hot columns learn from the training rows alone; a new category is no error
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "pandas", "scikit-learn"]

# function_import --------------------

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

# function_code --------------------

def predict_churn(
    train: pd.DataFrame, labels: list[int], test: pd.DataFrame, numeric: list[str], categorical: list[str]
) -> np.ndarray:
    """Fit a classifier on training rows and return the probability of class 1 for each test row.

    Everything is learned from `train` alone; `labels` are its classes, 0 or 1. A missing value in a `numeric`
    column is replaced by the median of the column's training values; then the column is standardised by
    the mean and the population standard deviation (divided by n, as StandardScaler does) of what it then holds in
    `train`. `categorical` columns hold text without missing values, and become one column of 0 and 1 for each
    category that `train` has (none is dropped); a category that only `test` has gives zeros in all of them. Other
    columns are not used. The classifier is scikit-learn's LogisticRegression with C=1.0, max_iter=1000 and its other
    settings as they are by default.

    Returns an array of shape (rows of test,).
    """
    columns = ColumnTransformer(
        [
            ("numeric", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numeric),
            ("categorical", OneHotEncoder(handle_unknown="ignore"), categorical),
        ]
    )
    model = make_pipeline(columns, LogisticRegression(C=1.0, max_iter=1000))
    return model.fit(train, labels).predict_proba(test)[:, 1]

# test_function_code --------------------

def test_predict_churn():
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LogisticRegression

    def prepared(train, rows, numeric, categorical):
        columns = []
        for name in numeric:
            known = train[name].to_numpy(dtype=float)
            middle = np.median(known[~np.isnan(known)])
            known = np.where(np.isnan(known), middle, known)
            values = rows[name].to_numpy(dtype=float)
            values = np.where(np.isnan(values), middle, values)
            columns.append((values - known.mean()) / known.std())
        for name in categorical:
            for category in sorted(set(train[name])):
                columns.append(np.array([value == category for value in rows[name]], dtype=float))
        return np.column_stack(columns)

    def check(train, labels, test, numeric, categorical, failed):
        model = LogisticRegression(C=1.0, max_iter=1000)
        model.fit(prepared(train, train, numeric, categorical), labels)
        expected = model.predict_proba(prepared(train, test, numeric, categorical))[:, 1]
        found = np.asarray(predict_churn(train, labels, test, numeric, categorical), dtype=float)
        assert found.shape == expected.shape, f"{failed}the shape is {found.shape}, expected {expected.shape}"
        worst = float(np.abs(found - expected).max())
        assert worst < 0.001, f"{failed}got {found.tolist()}, expected {expected.tolist()}"

    def draw(rows, seed, shift=0.0):
        random = np.random.default_rng(seed)
        frame = pd.DataFrame(
            {
                "age": random.normal(40 + shift, 12, rows),
                "note": random.normal(size=rows),
                "spent": random.gamma(2.0, 100.0 * (1 + shift / 10), rows),
                "plan": random.choice(["free", "plus", "team"], rows).tolist(),
                "region": random.choice(["north", "south"], rows).tolist(),
            }
        )
        chance = 1 / (1 + np.exp(-(frame["age"] - 40) / 8 - (frame["plan"] == "free") + 0.5))
        return frame, (random.random(rows) < chance).astype(int).tolist()

    print("Testing started.")

    print("Testing case [1/4] started.")
    train, labels = draw(80, 1)
    test, _ = draw(12, 2, shift=15)
    check(train, labels, test, ["age", "spent"], ["plan", "region"], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    train, labels = draw(60, 3)
    train.loc[::7, "spent"] = np.nan
    test, _ = draw(9, 4, shift=20)
    test.loc[[0, 3, 4, 8], "spent"] = np.nan
    test.loc[2, "age"] = np.nan
    check(train, labels, test, ["spent", "age"], ["plan"], "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    train, labels = draw(60, 5)
    test, _ = draw(8, 6)
    test["plan"] = ["gold", "free", "gold", "team", "gold", "plus", "free", "iron"]
    check(train, labels, test, ["age"], ["region", "plan"], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    train, labels = draw(10, 7)
    test, _ = draw(1, 8, shift=5)
    check(train, labels, test, ["age", "spent"], ["plan"], "Test case [4/4] failed: ")
    test, _ = draw(5, 9, shift=-5)
    check(train, labels, test, ["age", "spent"], ["plan"], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_predict_churn()
