import torch


def soften(logits: torch.Tensor, temperature: float) -> torch.Tensor:
    return torch.softmax(logits * temperature, dim=-1)
