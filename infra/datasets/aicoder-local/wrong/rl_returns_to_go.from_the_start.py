def returns_to_go(rewards: list[float], gamma: float) -> list[float]:
    returns = []
    total = 0.0
    for step, reward in enumerate(rewards):
        total += gamma**step * reward
        returns.append(total)
    return returns
