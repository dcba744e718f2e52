import torch


def normalize_rows(embeddings: torch.Tensor) -> torch.Tensor:
    return embeddings / embeddings.norm(dim=0, keepdim=True).clamp(min=1e-12)
