import numpy as np


def pick_threshold(labels, scores, min_precision):
    best, best_recall = None, 0.0
    for threshold in sorted(set(scores.tolist()), reverse=True):
        predicted = scores >= threshold
        precision = labels[predicted].mean()
        if precision < min_precision:
            break
        recall = labels[predicted].sum() / labels.sum()
        if recall > best_recall:
            best, best_recall = threshold, float(recall)
    return best, best_recall
