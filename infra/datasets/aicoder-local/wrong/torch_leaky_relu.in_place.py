import torch


def leaky_relu(values: torch.Tensor, slope: float) -> torch.Tensor:
    values[values < 0] *= slope
    return values
