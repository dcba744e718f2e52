import math


def warmup_schedule(step: int, peak: float, warmup: int, total: int) -> float:
    if step < warmup:
        return round(peak * step / warmup, 6)
    progress = (step - warmup) / (total - warmup)
    return round(peak * 0.5 * (1 + math.cos(math.pi * progress)), 6)
