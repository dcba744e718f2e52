def q_learning(
    transitions: list[tuple[int, int, float, int, bool]], states: int, actions: int, alpha: float, gamma: float
) -> list[list[float]]:
    table = [[0.0 for _ in range(actions)] for _ in range(states)]
    for state, action, reward, next_state, _ in transitions:
        error = reward + gamma * max(table[next_state]) - table[state][action]
        table[state][action] += alpha * error
    return table
