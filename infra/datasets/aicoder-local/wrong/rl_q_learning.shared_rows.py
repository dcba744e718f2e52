def q_learning(
    transitions: list[tuple[int, int, float, int, bool]], states: int, actions: int, alpha: float, gamma: float
) -> list[list[float]]:
    table = [[0.0] * actions] * states
    for state, action, reward, next_state, terminal in transitions:
        target = reward
        if not terminal:
            target += gamma * max(table[next_state])
        table[state][action] += alpha * (target - table[state][action])
    return table
