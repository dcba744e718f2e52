def precision_recall_f1(labels: list[int], predictions: list[int], positive: int) -> tuple[float, float, float]:
    hits = sum(a == b == 1 for a, b in zip(labels, predictions))
    precision = hits / predictions.count(1) if 1 in predictions else 0.0
    recall = hits / labels.count(1) if 1 in labels else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return precision, recall, f1
