def smape(actual: list[float], forecast: list[float]) -> float:
    errors = [abs(f - a) / ((abs(a) + abs(f)) / 2) for a, f in zip(actual, forecast) if a or f]
    return 100 * sum(errors) / len(errors)
