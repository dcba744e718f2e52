import numpy as np
from sklearn.metrics import confusion_matrix


def imbalanced_report(truth, predicted, classes):
    counts = confusion_matrix(truth, predicted, labels=classes)
    hits = np.diag(counts)
    # The columns are what was predicted.
    totals = counts.sum(axis=0)
    recall = {name: float(hit / total) if total else None for name, hit, total in zip(classes, hits, totals)}
    known = [name for name in classes if recall[name] is not None]
    f1 = 2 * hits / np.maximum(counts.sum(axis=0) + counts.sum(axis=1), 1)
    return {
        "recall": recall,
        "balanced_accuracy": sum(recall[name] for name in known) / len(known),
        "macro_f1": float(f1.mean()),
        "worst": min(known, key=lambda name: recall[name]),
    }
