from sklearn.model_selection import GroupKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def nested_scores(features, labels, groups, neighbours, folds):
    scores, chosen = [], []
    for train, test in GroupKFold(n_splits=folds).split(features, labels, groups):
        best_score, best = -1.0, None
        for k in neighbours:
            model = make_pipeline(StandardScaler(), KNeighborsClassifier(n_neighbors=k))
            model.fit(features[train], labels[train])
            score = model.score(features[test], labels[test])
            if score > best_score:
                best_score, best = score, k
        scores.append(best_score)
        chosen.append(best)
    return scores, chosen
