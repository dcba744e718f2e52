def greedy_actions(q_values: list[list[float]], allowed: list[list[bool]]) -> list[int]:
    return [values.index(max(values)) for values in q_values]
