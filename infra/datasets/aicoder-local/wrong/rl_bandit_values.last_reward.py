def bandit_values(arms: int, pulls: list[tuple[int, float]], initial: float) -> list[float]:
    values = [initial] * arms
    for arm, reward in pulls:
        values[arm] = reward
    return values
