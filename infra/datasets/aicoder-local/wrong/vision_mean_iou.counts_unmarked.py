import numpy as np


def mean_iou(predictions, targets, classes, ignore):
    prediction = np.concatenate([p.ravel() for p in predictions])
    target = np.concatenate([t.ravel() for t in targets])
    ious = []
    for c in range(classes):
        intersection = ((prediction == c) & (target == c)).sum()
        union = ((prediction == c) | (target == c)).sum()
        ious.append(float(intersection / union) if union else None)
    return float(np.mean([iou for iou in ious if iou is not None])), ious
