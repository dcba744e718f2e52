def q_learning(
    transitions: list[tuple[int, int, float, int, bool]], states: int, actions: int, alpha: float, gamma: float
) -> list[list[float]]:
    table = [[0.0 for _ in range(actions)] for _ in range(states)]
    for number, (state, action, reward, next_state, terminal) in enumerate(transitions):
        following = 0.0
        if not terminal:
            is_followed = number + 1 < len(transitions) and transitions[number + 1][0] == next_state
            next_action = transitions[number + 1][1] if is_followed else 0
            following = table[next_state][next_action]
        table[state][action] += alpha * (reward + gamma * following - table[state][action])
    return table
