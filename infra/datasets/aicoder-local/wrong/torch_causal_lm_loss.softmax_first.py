import torch
import torch.nn.functional as F


def sequence_losses(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    probabilities = F.softmax(logits[:, :-1], dim=-1)
    targets = labels[:, 1:]
    losses = F.cross_entropy(probabilities.transpose(1, 2), targets, ignore_index=-100, reduction="none")
    return losses.sum(dim=1) / (targets != -100).sum(dim=1).clamp(min=1)
