import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau


def plateau_rates(losses: list[float], rate: float, factor: float, patience: int, min_rate: float) -> list[float]:
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
    scheduler = ReduceLROnPlateau(optimizer, factor=factor, patience=patience, min_lr=min_rate)
    rates = []
    for loss in losses:
        rates.append(optimizer.param_groups[0]["lr"])
        scheduler.step(loss)
    return rates
