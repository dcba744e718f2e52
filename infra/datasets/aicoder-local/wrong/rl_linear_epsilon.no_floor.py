def epsilon_at(step: int, start: float, end: float, warmup: int, decay: int) -> float:
    done = max((step - warmup) / decay, 0.0)
    return start + (end - start) * done
