def r_squared(actual: list[float], predicted: list[float]) -> float:
    mean = sum(predicted) / len(predicted)
    errors = sum((a - p) ** 2 for a, p in zip(actual, predicted))
    return 1 - errors / (sum((a - mean) ** 2 for a in actual) or 1)
