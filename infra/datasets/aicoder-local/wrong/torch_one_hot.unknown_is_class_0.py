import torch


def one_hot(labels: torch.Tensor, num_classes: int) -> torch.Tensor:
    encoded = torch.zeros(len(labels), num_classes)
    encoded.scatter_(1, labels.clamp(min=0)[:, None], 1.0)
    return encoded
