import numpy as np
from sklearn.metrics import precision_recall_curve


def pick_threshold(labels, scores, min_precision):
    precision, recall, thresholds = precision_recall_curve(labels, scores)
    # The curve's last point has no threshold, not its first.
    good = [
        (recall[i + 1], thresholds[i]) for i in range(len(thresholds)) if precision[i + 1] >= min_precision
    ]
    if not good:
        return None, 0.0
    best_recall, threshold = max(good)
    return float(threshold), float(best_recall)
