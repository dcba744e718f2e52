def r_squared(actual: list[float], predicted: list[float]) -> float:
    mean = sum(actual) / len(actual)
    errors = sum((a - p) ** 2 for a, p in zip(actual, predicted))
    return max(0.0, 1 - errors / sum((a - mean) ** 2 for a in actual))
