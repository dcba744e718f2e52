import torch


def causal_mask(length: int, window: int) -> torch.Tensor:
    positions = torch.arange(length)
    return (positions[:, None] - positions[None, :]).abs() < window
