def bandit_values(arms: int, pulls: list[tuple[int, float]], initial: float) -> list[float]:
    sums = [0.0] * arms
    for arm, reward in pulls:
        sums[arm] += reward
    played = {arm for arm, _ in pulls}
    return [sums[arm] / len(pulls) if arm in played else initial for arm in range(arms)]
