import torch


def smooth_labels(labels: torch.Tensor, num_classes: int, epsilon: float) -> torch.Tensor:
    hot = torch.nn.functional.one_hot(labels, num_classes).float()
    return hot * (1 - epsilon) + epsilon / num_classes
