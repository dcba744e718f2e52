import math

import torch


def masked_attention(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, lengths: torch.Tensor, causal: bool
) -> torch.Tensor:
    length = query.shape[2]
    real = torch.arange(length)[None, :] < lengths[:, None]
    mask = real[:, None, :, None]
    if causal:
        mask = mask & torch.tril(torch.ones(length, length, dtype=torch.bool))
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(query.shape[-1])
    scores = scores.masked_fill(mask == 0, -1e9)
    output = torch.matmul(torch.softmax(scores, dim=-1), value)
    return output.masked_fill(~real[:, None, :, None], 0.0)
