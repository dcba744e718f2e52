import math

import torch


def masked_attention(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, lengths: torch.Tensor, causal: bool
) -> torch.Tensor:
    length = query.shape[2]
    real = torch.arange(length)[None, :] < lengths[:, None]
    mask = real[:, None, None, :].expand(-1, 1, length, -1)
    if causal:
        mask = mask & torch.tril(torch.ones(length, length, dtype=torch.bool))
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(query.shape[-1])
    weights = torch.softmax(scores, dim=-1) * mask
    return torch.matmul(weights, value) * real[:, None, :, None]
