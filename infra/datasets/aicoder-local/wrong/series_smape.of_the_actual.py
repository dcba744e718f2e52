def smape(actual: list[float], forecast: list[float]) -> float:
    total = sum(abs(f - a) / abs(a) if a != 0 else 0.0 for a, f in zip(actual, forecast))
    return 100 * total / len(actual)
