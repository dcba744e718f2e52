# domain: tabular
# level: 3
# checks: nested cross-validation keeps groups together on both levels, and scales inside each fit
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "scikit-learn"]

# function_import --------------------

import numpy as np
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# function_code --------------------

def nested_scores(
    features: np.ndarray, labels: np.ndarray, groups: np.ndarray, neighbours: list[int], folds: int
) -> tuple[list[float], list[int]]:
    """Estimate by nested cross-validation how good a classifier is whose setting is chosen by cross-validation.

    The model standardises each column (StandardScaler) and is then a KNeighborsClassifier; only its
    n_neighbors is chosen, from `neighbours` (ascending). Its other settings are as they are by default. Rows with
    the same value in `groups` belong together (for example to one patient) and are never on both sides of a split.

    The outer splits are those of GroupKFold(n_splits=folds) on all rows. For each, n_neighbors is chosen on the
    outer training rows alone: the one with the best mean accuracy over the inner splits, those of
    GroupKFold(n_splits=folds) on these rows, the first of `neighbours` if several are best. Scaling is learned
    anew from the training rows of each fit, on both levels. The model with this n_neighbors is fitted to the outer
    training rows and its accuracy is measured on the outer test rows.

    Returns the accuracies and the chosen n_neighbors, in the order of the outer splits.
    """
    scores, chosen = [], []
    for train, test in GroupKFold(n_splits=folds).split(features, labels, groups):
        search = GridSearchCV(
            make_pipeline(StandardScaler(), KNeighborsClassifier()),
            {"kneighborsclassifier__n_neighbors": neighbours},
            cv=GroupKFold(n_splits=folds),
        )
        search.fit(features[train], labels[train], groups=groups[train])
        scores.append(float(search.score(features[test], labels[test])))
        chosen.append(int(search.best_params_["kneighborsclassifier__n_neighbors"]))
    return scores, chosen

# test_function_code --------------------

def test_nested_scores():
    import numpy as np
    from sklearn.datasets import load_wine
    from sklearn.model_selection import GroupKFold
    from sklearn.neighbors import KNeighborsClassifier

    def accuracy(features, labels, train, test, k):
        mean, deviation = features[train].mean(axis=0), features[train].std(axis=0)
        model = KNeighborsClassifier(n_neighbors=k).fit((features[train] - mean) / deviation, labels[train])
        return float((model.predict((features[test] - mean) / deviation) == labels[test]).mean())

    def plain(features, labels, groups, neighbours, folds):
        scores, chosen = [], []
        for train, test in GroupKFold(n_splits=folds).split(features, labels, groups):
            means = []
            for k in neighbours:
                inner = GroupKFold(n_splits=folds).split(features[train], labels[train], groups[train])
                means.append(np.mean([accuracy(features, labels, train[a], train[b], k) for a, b in inner]))
            # Equal means may differ in their last digit.
            best = next(k for k, mean in zip(neighbours, means) if mean > max(means) - 1e-9)
            scores.append(accuracy(features, labels, train, test, best))
            chosen.append(best)
        return scores, chosen

    def check(features, labels, groups, neighbours, folds, failed):
        scores, chosen = nested_scores(features, labels, groups, neighbours, folds)
        wanted = plain(features, labels, groups, neighbours, folds)
        assert list(chosen) == wanted[1], f"{failed}chosen were {chosen}, expected {wanted[1]}"
        close = len(scores) == len(wanted[0]) and all(abs(a - b) < 1e-9 for a, b in zip(scores, wanted[0]))
        assert close, f"{failed}the accuracies are {scores}, expected {wanted[0]}"

    def patients(count, rows, seed):
        """Rows of a patient lie close together, so that one neighbour is best unless patients are kept apart."""
        random = np.random.default_rng(seed)
        labels = np.repeat(random.integers(0, 2, count), rows)
        groups = np.repeat(random.permutation(count), rows)
        centres = random.normal(size=(count, 4)) + labels[::rows, None] * 0.8
        features = np.repeat(centres, rows, axis=0) + 0.05 * random.normal(size=(count * rows, 4))
        features *= [1.0, 200.0, 0.01, 5.0]
        order = random.permutation(count * rows)
        return features[order], labels[order], groups[order]

    print("Testing started.")

    print("Testing case [1/3] started.")
    wine = load_wine()
    groups = np.arange(178) * 37 % 178 // 4
    check(wine.data, wine.target, groups, [1, 5, 15], 3, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    check(*patients(24, 5, 24), [1, 9, 25], 3, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    # Patients far from all others: a scale that has seen them makes their column small for everyone else.
    features, labels, groups = patients(18, 4, 25)
    features[groups < 2, 0] *= 500
    check(features, labels, groups, [1, 5, 13], 3, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_nested_scores()
