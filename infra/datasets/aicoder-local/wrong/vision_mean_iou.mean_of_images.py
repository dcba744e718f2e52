import numpy as np


def mean_iou(predictions, targets, classes, ignore):
    values = [[] for _ in range(classes)]
    for prediction, target in zip(predictions, targets):
        valid = target != ignore
        for c in range(classes):
            p, t = (prediction == c) & valid, (target == c) & valid
            union = (p | t).sum()
            if union > 0:
                values[c].append((p & t).sum() / union)
    ious = [float(np.mean(v)) if v else None for v in values]
    return float(np.mean([iou for iou in ious if iou is not None])), ious
