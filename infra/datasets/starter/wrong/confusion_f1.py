def confusion_f1(y_true: list[int], y_pred: list[int]) -> dict[str, float]:
    pairs = list(zip(y_true, y_pred))
    tp, fp, fn, tn = (pairs.count(pair) for pair in ((1, 1), (1, 0), (0, 1), (0, 0)))
    return {"tp": tp, "fp": fp, "fn": fn, "tn": tn, "f1": (tp + tn) / len(pairs)}
