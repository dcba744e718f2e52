# domain: training
# level: 3
# checks: gradients are clipped row by row (differential privacy), over all parameters together, then averaged
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch
from torch.func import grad, vmap

# function_code --------------------

def clipped_mean_gradient(
    weight: torch.Tensor, bias: torch.Tensor, features: torch.Tensor, labels: torch.Tensor, max_norm: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Gradient of softmax regression with each row's share bounded, as in differentially private training.

    The logits of a row are features @ weight.T + bias, with `weight` of shape (classes, d), `bias` (classes,),
    `features` (n, d), all float32, and `labels` (n,), int64. The loss of a row is the cross entropy of its logits with
    its label. The gradient of one row's loss consists of a part for `weight` and a part for `bias`; if the
    L2 norm of both parts taken together is over `max_norm`, both are scaled by max_norm / norm, otherwise they stay as
    they are. A row whose gradient is 0 adds 0.

    Returns the means over the n rows of these gradients: one of the shape of `weight`, one of the shape of `bias`.

    >>> features, labels = torch.tensor([[0.0]]), torch.tensor([0])
    >>> clipped_mean_gradient(torch.zeros(2, 1), torch.zeros(2), features, labels, 1.0)[1].tolist()
    [-0.5, 0.5]
    """

    def loss(parameters: tuple, row: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.cross_entropy(parameters[0] @ row + parameters[1], label)

    of_weight, of_bias = vmap(grad(loss), in_dims=(None, 0, 0))((weight, bias), features, labels)
    norms = (of_weight.flatten(1).square().sum(dim=1) + of_bias.square().sum(dim=1)).sqrt()
    factors = (max_norm / norms.clamp(min=1e-12)).clamp(max=1.0)
    return (of_weight * factors[:, None, None]).mean(dim=0), (of_bias * factors[:, None]).mean(dim=0)

# test_function_code --------------------

def test_clipped_mean_gradient():
    import math

    import torch

    def naive(weight, bias, features, labels, max_norm):
        total = None
        for row, label in zip(features.tolist(), labels.tolist()):
            scores = [sum(w * x for w, x in zip(ws, row)) + b for ws, b in zip(weight.tolist(), bias.tolist())]
            powers = [math.exp(score - max(scores)) for score in scores]
            errors = [power / sum(powers) - (k == label) for k, power in enumerate(powers)]
            gradient = [error * x for error in errors for x in row] + errors
            norm = math.sqrt(sum(g * g for g in gradient))
            gradient = [g * min(1.0, max_norm / norm) if norm > 0 else 0.0 for g in gradient]
            total = gradient if total is None else [a + b for a, b in zip(total, gradient)]
        return [g / len(labels) for g in total]

    def check(weight, bias, features, labels, max_norm, failed):
        of_weight, of_bias = clipped_mean_gradient(weight, bias, features, labels, max_norm)
        shapes = [list(of_weight.shape), list(of_bias.shape)]
        assert shapes == [list(weight.shape), list(bias.shape)], f"{failed}the shapes are {shapes}"
        found = of_weight.flatten().tolist() + of_bias.tolist()
        expected = naive(weight, bias, features, labels, max_norm)
        close = all(abs(a - b) < 1e-4 for a, b in zip(found, expected))
        assert close, f"{failed}got {found}, expected {expected}"

    generator = torch.Generator().manual_seed(21)

    def draw(*shape):
        return torch.randn(*shape, generator=generator)

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(draw(3, 2), draw(3), draw(5, 2), torch.tensor([0, 2, 1, 1, 0]), 1000.0, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    check(draw(3, 4), draw(3), draw(6, 4) * 3, torch.tensor([2, 2, 1, 0, 0, 1]), 0.1, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    sizes = torch.tensor([0.01, 10.0, 0.1, 5.0])[:, None]
    features = draw(4, 3) * sizes
    check(draw(2, 3) * 0.1, draw(2) * 0.1, features, torch.tensor([1, 0, 0, 1]), 0.8, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    weight = torch.tensor([[100.0, 0.0], [-100.0, 0.0]])
    features = torch.tensor([[5.0, 1.0], [-5.0, 2.0], [0.0, 1.0]])
    check(weight, torch.zeros(2), features, torch.tensor([0, 1, 0]), 0.5, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_clipped_mean_gradient()
