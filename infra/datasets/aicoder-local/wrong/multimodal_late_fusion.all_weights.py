def late_fusion(scores: dict[str, list[float] | None], weights: dict[str, float]) -> list[float]:
    total = sum(weights.values())
    classes = len(next(row for row in scores.values() if row is not None))
    return [sum(weights[name] * row[i] for name, row in scores.items() if row is not None) / total for i in range(classes)]
