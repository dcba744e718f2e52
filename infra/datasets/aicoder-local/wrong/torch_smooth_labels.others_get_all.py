import torch


def smooth_labels(labels: torch.Tensor, num_classes: int, epsilon: float) -> torch.Tensor:
    targets = torch.full((len(labels), num_classes), epsilon)
    targets[torch.arange(len(labels)), labels] = 1 - epsilon
    return targets
