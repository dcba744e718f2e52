import numpy as np


def mean_iou(predictions, targets, classes, ignore):
    confusion = np.zeros((classes, classes))
    for prediction, target in zip(predictions, targets):
        valid = target != ignore
        index = classes * target[valid] + prediction[valid]
        confusion += np.bincount(index, minlength=classes**2).reshape(classes, classes)
    intersection = np.diag(confusion)
    union = confusion.sum(0) + confusion.sum(1) - intersection
    ious = (intersection / np.maximum(union, 1)).tolist()
    return float(np.mean(ious)), ious
