def trailing_mean(values: list[float], window: int) -> list[float]:
    return [sum(values[i : i + window]) / len(values[i : i + window]) for i in range(len(values))]
