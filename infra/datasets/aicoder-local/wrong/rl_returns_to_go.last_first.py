def returns_to_go(rewards: list[float], gamma: float) -> list[float]:
    returns = []
    following = 0.0
    for reward in reversed(rewards):
        following = reward + gamma * following
        returns.append(following)
    return returns
