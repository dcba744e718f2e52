import numpy as np
from sklearn.ensemble import StackingRegressor
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import cross_val_predict
from sklearn.neighbors import KNeighborsRegressor


def stack_predictions(features, targets, folds, new_features):
    cv = len(np.unique(folds))
    models = [("ridge", Ridge(alpha=1.0)), ("knn", KNeighborsRegressor(n_neighbors=3))]
    first = np.column_stack([cross_val_predict(model, features, targets, cv=cv) for _, model in models])
    stack = StackingRegressor(models, final_estimator=LinearRegression(), cv=cv).fit(features, targets)
    return first, stack.predict(new_features)
