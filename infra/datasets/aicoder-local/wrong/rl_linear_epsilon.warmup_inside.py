def epsilon_at(step: int, start: float, end: float, warmup: int, decay: int) -> float:
    if step < warmup:
        return start
    return start + (end - start) * min(step / (warmup + decay), 1.0)
