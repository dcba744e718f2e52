import torch
import torch.nn.functional as F


def clipped_mean_gradient(weight, bias, features, labels, max_norm):
    probabilities = torch.softmax(features @ weight.t() + bias, dim=1)
    errors = probabilities - F.one_hot(labels, weight.shape[0]).float()
    per_weight = errors[:, :, None] * features[:, None, :]

    def clip(gradients):
        norms = gradients.flatten(1).norm(dim=1).clamp(min=1e-12)
        factors = (max_norm / norms).clamp(max=1.0)
        return (gradients * factors.view(-1, *[1] * (gradients.dim() - 1))).mean(dim=0)

    return clip(per_weight), clip(errors)
