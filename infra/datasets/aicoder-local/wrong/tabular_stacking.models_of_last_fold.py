import numpy as np
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.neighbors import KNeighborsRegressor


def stack_predictions(features, targets, folds, new_features):
    models = [Ridge(alpha=1.0), KNeighborsRegressor(n_neighbors=3)]
    first = np.zeros((len(targets), len(models)))
    for fold in np.unique(folds):
        train, held_out = folds != fold, folds == fold
        for column, model in enumerate(models):
            model.fit(features[train], targets[train])
            first[held_out, column] = model.predict(features[held_out])
    second = LinearRegression().fit(first, targets)
    return first, second.predict(np.column_stack([model.predict(new_features) for model in models]))
