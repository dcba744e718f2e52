import torch


def causal_mask(length: int, window: int) -> torch.Tensor:
    positions = torch.arange(length)
    distance = positions[:, None] - positions[None, :]
    return (distance >= 0) & (distance <= window)
