def precision_recall_f1(labels: list[int], predictions: list[int], positive: int) -> tuple[float, float, float]:
    hits = sum(a == b == positive for a, b in zip(labels, predictions))
    precision = hits / predictions.count(positive) if positive in predictions else 0.0
    recall = hits / labels.count(positive) if positive in labels else 0.0
    return precision, recall, (precision + recall) / 2
