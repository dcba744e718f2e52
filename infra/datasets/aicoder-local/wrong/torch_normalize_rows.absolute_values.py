import torch


def normalize_rows(embeddings: torch.Tensor) -> torch.Tensor:
    return embeddings / embeddings.abs().sum(dim=1, keepdim=True).clamp(min=1e-12)
