from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler


def nested_scores(features, labels, groups, neighbours, folds):
    scores, chosen = [], []
    for train, test in GroupKFold(n_splits=folds).split(features, labels, groups):
        scaler = StandardScaler().fit(features[train])
        search = GridSearchCV(KNeighborsClassifier(), {"n_neighbors": neighbours}, cv=GroupKFold(n_splits=folds))
        search.fit(scaler.transform(features[train]), labels[train], groups=groups[train])
        scores.append(search.score(scaler.transform(features[test]), labels[test]))
        chosen.append(search.best_params_["n_neighbors"])
    return scores, chosen
