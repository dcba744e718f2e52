def trailing_mean(values: list[float], window: int) -> list[float]:
    padded = [0.0] * (window - 1) + list(values)
    return [sum(padded[i : i + window]) / window for i in range(len(values))]
