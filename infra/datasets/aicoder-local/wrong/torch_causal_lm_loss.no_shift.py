import torch
import torch.nn.functional as F


def sequence_losses(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    losses = F.cross_entropy(logits.transpose(1, 2), labels, ignore_index=-100, reduction="none")
    scored = (labels != -100).sum(dim=1).clamp(min=1)
    return losses.sum(dim=1) / scored
