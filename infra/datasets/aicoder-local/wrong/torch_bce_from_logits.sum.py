import torch


def weighted_bce(logits: torch.Tensor, targets: torch.Tensor, positive_weight: float) -> torch.Tensor:
    loss = torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor(positive_weight), reduction="sum")
    return loss(logits, targets)
