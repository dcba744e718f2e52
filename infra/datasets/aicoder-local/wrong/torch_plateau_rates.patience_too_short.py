def plateau_rates(losses: list[float], rate: float, factor: float, patience: int, min_rate: float) -> list[float]:
    best, waited, rates = float("inf"), 0, []
    for loss in losses:
        rates.append(rate)
        if loss < best:
            best, waited = loss, 0
        else:
            waited += 1
            if waited >= patience:
                rate, waited = max(rate * factor, min_rate), 0
    return rates
