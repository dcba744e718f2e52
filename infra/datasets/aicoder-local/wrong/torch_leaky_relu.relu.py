import torch


def leaky_relu(values: torch.Tensor, slope: float) -> torch.Tensor:
    return torch.clamp(values, min=0.0)
