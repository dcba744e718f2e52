def epsilon_at(step: int, start: float, end: float, warmup: int, decay: int) -> float:
    done = min((step - warmup) / decay, 1.0)
    return start + (end - start) * done
