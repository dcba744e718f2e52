def late_fusion(scores: dict[str, list[float] | None], weights: dict[str, float]) -> list[float]:
    rows = [(weights[name], row) for name, row in scores.items() if row is not None]
    return [sum(weight * row[i] for weight, row in rows) for i in range(len(rows[0][1]))]
