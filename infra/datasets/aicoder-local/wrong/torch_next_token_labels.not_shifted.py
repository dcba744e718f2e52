import torch


def next_token_labels(tokens: torch.Tensor, pad_id: int) -> torch.Tensor:
    labels = tokens.clone()
    labels[labels == pad_id] = -100
    return labels
