import torch
import torch.nn.functional as F


def clipped_mean_gradient(weight, bias, features, labels, max_norm):
    total_weight, total_bias = torch.zeros_like(weight), torch.zeros_like(bias)
    for row, label in zip(features, labels):
        w = weight.clone().requires_grad_(True)
        b = bias.clone().requires_grad_(True)
        F.cross_entropy((w @ row + b)[None], label[None]).backward()
        norm = torch.sqrt(w.grad.pow(2).sum() + b.grad.pow(2).sum())
        factor = max_norm / (norm + 1e-12)
        total_weight += w.grad * factor
        total_bias += b.grad * factor
    return total_weight / len(labels), total_bias / len(labels)
