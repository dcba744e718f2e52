import torch


def weighted_bce(logits: torch.Tensor, targets: torch.Tensor, positive_weight: float) -> torch.Tensor:
    p = torch.sigmoid(logits)
    return torch.nn.functional.binary_cross_entropy_with_logits(p, targets, pos_weight=torch.tensor(positive_weight))
