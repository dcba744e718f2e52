import torch


def weighted_bce(logits: torch.Tensor, targets: torch.Tensor, positive_weight: float) -> torch.Tensor:
    return positive_weight * torch.nn.functional.binary_cross_entropy_with_logits(logits, targets)
