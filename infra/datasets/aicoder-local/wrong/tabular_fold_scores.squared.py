import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold


def fold_errors(features: np.ndarray, targets: np.ndarray, folds: int) -> list[float]:
    errors = []
    for train, test in KFold(folds).split(features):
        predicted = LinearRegression().fit(features[train], targets[train]).predict(features[test])
        errors.append(float(((predicted - targets[test]) ** 2).mean()))
    return errors
