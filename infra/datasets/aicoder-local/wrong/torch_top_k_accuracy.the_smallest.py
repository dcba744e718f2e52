import torch


def top_k_accuracy(logits: torch.Tensor, labels: torch.Tensor, k: int) -> float:
    best = logits.argsort(dim=1)[:, :k]
    return (best == labels[:, None]).any(dim=1).float().mean().item()
