import torch


def accuracy(logits: torch.Tensor, labels: torch.Tensor) -> float:
    return (logits.argmax(dim=0)[: len(labels)] == labels[: logits.shape[1]]).float().mean().item()
