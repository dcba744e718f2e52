from sklearn.metrics import f1_score, recall_score


def imbalanced_report(truth, predicted, classes):
    recalls = recall_score(truth, predicted, labels=classes, average=None, zero_division=0)
    recall = {name: float(value) for name, value in zip(classes, recalls)}
    return {
        "recall": recall,
        "balanced_accuracy": sum(recall.values()) / len(recall),
        "macro_f1": float(f1_score(truth, predicted, labels=classes, average="macro", zero_division=0)),
        "worst": min(classes, key=lambda name: recall[name]),
    }
