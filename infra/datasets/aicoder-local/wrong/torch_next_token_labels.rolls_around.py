import torch


def next_token_labels(tokens: torch.Tensor, pad_id: int) -> torch.Tensor:
    labels = tokens.roll(-1, dims=1)
    labels[labels == pad_id] = -100
    return labels
