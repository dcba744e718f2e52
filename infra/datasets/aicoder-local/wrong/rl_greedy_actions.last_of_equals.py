def greedy_actions(q_values: list[list[float]], allowed: list[list[bool]]) -> list[int]:
    actions = []
    for values, may in zip(q_values, allowed):
        best = max(v for v, ok in zip(values, may) if ok)
        actions.append([a for a, v in enumerate(values) if v == best and may[a]][-1])
    return actions
