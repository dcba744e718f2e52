import torch


def last_hidden(hidden: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    return hidden[:, -1, :]
