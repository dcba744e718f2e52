def plateau_rates(losses: list[float], rate: float, factor: float, patience: int, min_rate: float) -> list[float]:
    previous, waited, rates = float("inf"), 0, []
    for loss in losses:
        rates.append(rate)
        if loss < previous:
            waited = 0
        else:
            waited += 1
        previous = loss
        if waited > patience:
            rate, waited = max(rate * factor, min_rate), 0
    return rates
