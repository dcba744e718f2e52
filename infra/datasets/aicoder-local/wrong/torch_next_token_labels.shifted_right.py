import torch


def next_token_labels(tokens: torch.Tensor, pad_id: int) -> torch.Tensor:
    labels = torch.full_like(tokens, -100)
    labels[:, 1:] = tokens[:, :-1]
    labels[labels == pad_id] = -100
    return labels
