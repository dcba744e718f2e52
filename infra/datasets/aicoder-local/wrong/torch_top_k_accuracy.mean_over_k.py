import torch


def top_k_accuracy(logits: torch.Tensor, labels: torch.Tensor, k: int) -> float:
    best = logits.topk(k, dim=1).indices
    return (best == labels[:, None]).float().mean().item()
