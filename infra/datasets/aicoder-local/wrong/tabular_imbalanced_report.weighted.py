from sklearn.metrics import f1_score, recall_score


def imbalanced_report(truth, predicted, classes):
    recalls = recall_score(truth, predicted, labels=classes, average=None, zero_division=0)
    recall = {name: float(value) if name in truth else None for name, value in zip(classes, recalls)}
    known = [name for name in classes if name in truth]
    return {
        "recall": recall,
        "balanced_accuracy": sum(recall[name] for name in known) / len(known),
        "macro_f1": float(f1_score(truth, predicted, labels=classes, average="weighted", zero_division=0)),
        "worst": min(known, key=lambda name: recall[name]),
    }
