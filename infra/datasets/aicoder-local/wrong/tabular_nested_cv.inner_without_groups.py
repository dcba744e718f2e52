from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def nested_scores(features, labels, groups, neighbours, folds):
    scores, chosen = [], []
    for train, test in GroupKFold(n_splits=folds).split(features, labels, groups):
        model = Pipeline([("scale", StandardScaler()), ("knn", KNeighborsClassifier())])
        search = GridSearchCV(model, {"knn__n_neighbors": neighbours}, cv=folds)
        search.fit(features[train], labels[train])
        scores.append(search.score(features[test], labels[test]))
        chosen.append(search.best_params_["knn__n_neighbors"])
    return scores, chosen
