import torch


def distances(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return (b[:, None, :] - a[None, :, :]).pow(2).sum(dim=2).sqrt()
