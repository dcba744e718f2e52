import torch


def soften(logits: torch.Tensor, temperature: float) -> torch.Tensor:
    weights = torch.exp(logits / temperature)
    return weights / weights.sum(dim=-1, keepdim=True)
