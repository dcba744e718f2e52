import torch


def causal_mask(length: int, window: int) -> torch.Tensor:
    return torch.tril(torch.ones(length, length, dtype=torch.bool))
