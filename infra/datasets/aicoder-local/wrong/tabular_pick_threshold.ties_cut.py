import numpy as np


def pick_threshold(labels, scores, min_precision):
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(labels[order])
    precision = hits / np.arange(1, len(labels) + 1)
    recall = hits / labels.sum()
    good = np.flatnonzero(precision >= min_precision)
    if len(good) == 0:
        return None, 0.0
    best = good[np.argmax(recall[good])]
    return float(scores[order][best]), float(recall[best])
