def smape(actual: list[float], forecast: list[float]) -> float:
    total = sum(abs(f - a) / (abs(a) + abs(f)) if a or f else 0.0 for a, f in zip(actual, forecast))
    return 100 * total / len(actual)
