import torch


def top_k_accuracy(logits: torch.Tensor, labels: torch.Tensor, k: int) -> float:
    return (logits.argmax(dim=1) == labels).float().mean().item()
