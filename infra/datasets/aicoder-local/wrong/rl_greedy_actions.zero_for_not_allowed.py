def greedy_actions(q_values: list[list[float]], allowed: list[list[bool]]) -> list[int]:
    masked = [[v if ok else 0.0 for v, ok in zip(values, may)] for values, may in zip(q_values, allowed)]
    return [values.index(max(values)) for values in masked]
