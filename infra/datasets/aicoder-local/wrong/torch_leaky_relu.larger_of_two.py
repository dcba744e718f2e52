import torch


def leaky_relu(values: torch.Tensor, slope: float) -> torch.Tensor:
    return torch.maximum(values, slope * values)
