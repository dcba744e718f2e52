def returns_to_go(rewards: list[float], gamma: float) -> list[float]:
    returns = [0.0] * len(rewards)
    following = 0.0
    for step in reversed(range(len(rewards))):
        following = gamma * (rewards[step] + following)
        returns[step] = following
    return returns
