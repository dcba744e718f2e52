import torch
import torch.nn.functional as F


def masked_attention(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, lengths: torch.Tensor, causal: bool
) -> torch.Tensor:
    length = query.shape[2]
    real = torch.arange(length)[None, :] < lengths[:, None]
    mask = real[:, None, None, :].expand(-1, 1, length, -1)
    if causal:
        mask = mask & torch.tril(torch.ones(length, length, dtype=torch.bool))
    scores = query @ key.transpose(-2, -1) / query.shape[-1] ** 0.5
    weights = F.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)
    return (weights @ value) * real[:, None, :, None]
