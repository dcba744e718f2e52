import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau


def plateau_rates(losses: list[float], rate: float, factor: float, patience: int, min_rate: float) -> list[float]:
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=rate)
    scheduler = ReduceLROnPlateau(
        optimizer, mode="min", factor=factor, patience=patience, threshold=0.0, min_lr=min_rate, eps=0.0
    )
    rates = []
    for loss in losses:
        scheduler.step(loss)
        rates.append(optimizer.param_groups[0]["lr"])
    return rates
