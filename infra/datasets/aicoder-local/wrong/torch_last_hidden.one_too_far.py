import torch


def last_hidden(hidden: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    return hidden[torch.arange(len(lengths)), lengths.clamp(max=hidden.shape[1] - 1)]
