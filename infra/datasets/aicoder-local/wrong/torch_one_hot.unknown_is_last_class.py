import torch


def one_hot(labels: torch.Tensor, num_classes: int) -> torch.Tensor:
    encoded = torch.zeros(len(labels), num_classes)
    for row, label in enumerate(labels):
        encoded[row, label] = 1.0
    return encoded
