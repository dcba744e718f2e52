import torch


def update_average(
    average: dict[str, torch.Tensor], state: dict[str, torch.Tensor], decay: float, step: int
) -> dict[str, torch.Tensor]:
    decay = min(decay, (1 + step) / (10 + step))
    with torch.no_grad():
        for name, value in state.items():
            if value.dtype.is_floating_point:
                average[name].mul_(decay).add_(value, alpha=1 - decay)
            else:
                average[name].copy_(value)
    return average
