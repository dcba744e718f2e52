def bandit_values(arms: int, pulls: list[tuple[int, float]], initial: float) -> list[float]:
    values = [initial] * arms
    counts = [1] * arms
    for arm, reward in pulls:
        counts[arm] += 1
        values[arm] += (reward - values[arm]) / counts[arm]
    return values
