# domain: training
# level: 2
# checks: fine-tuning leaves a frozen backbone alone, its batch-norm statistics too, and trains the head on the logits
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch
from torch import nn

# function_code --------------------

class Network(nn.Module):
    """A backbone that was trained before, and a head that gives the scores (logits) of classes."""

    def __init__(self, features: int, hidden: int, classes: int) -> None:
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(features, hidden), nn.BatchNorm1d(hidden), nn.ReLU())
        self.head = nn.Linear(hidden, classes)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self.head(self.backbone(rows))


def tune_head(
    state: dict[str, torch.Tensor], rows: torch.Tensor, labels: torch.Tensor, steps: int, rate: float
) -> dict[str, torch.Tensor]:
    """Fine-tune the head of a trained `Network` on new data, its backbone frozen.

    `state` is the state dict of a `Network`, whose sizes are told by the shapes in it; `rows` is a float32
    tensor of shape (n, features), n >= 1, `labels` (n,), int64. Each of `steps` steps is one of plain SGD (no
    momentum, no weight decay) with learning rate `rate` on the head's weight and bias; the loss is the mean cross
    entropy of the logits over all rows.

    The backbone works as in evaluation: batch norm uses its stored statistics. All that belongs to the backbone,
    parameters as well as statistics and counters, comes out as it went in.

    Returns the state dict of the network after the last step, its tensors detached. `state` is not changed.
    """
    hidden, features = state["backbone.0.weight"].shape
    network = Network(features, hidden, len(state["head.bias"]))
    network.load_state_dict(state)
    network.eval()
    network.backbone.requires_grad_(False)
    optimizer = torch.optim.SGD(network.head.parameters(), lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(rows), labels).backward()
        optimizer.step()
    return network.state_dict()

# test_function_code --------------------

def test_tune_head():
    import numpy as np
    import torch

    def trained(features, hidden, classes, seed):
        generator = torch.Generator().manual_seed(seed)

        def draw(*shape):
            return torch.randn(*shape, generator=generator)

        return {
            "backbone.0.weight": draw(hidden, features),
            "backbone.0.bias": draw(hidden),
            "backbone.1.weight": draw(hidden),
            "backbone.1.bias": draw(hidden),
            "backbone.1.running_mean": draw(hidden),
            "backbone.1.running_var": draw(hidden) ** 2 + 0.5,
            "backbone.1.num_batches_tracked": torch.tensor(25),
            "head.weight": draw(classes, hidden),
            "head.bias": draw(classes),
        }

    def oracle(state, rows, labels, steps, rate):
        p = {name: tensor.double().numpy() for name, tensor in state.items()}
        inner = rows.double().numpy() @ p["backbone.0.weight"].T + p["backbone.0.bias"]
        normal = (inner - p["backbone.1.running_mean"]) / np.sqrt(p["backbone.1.running_var"] + 1e-5)
        hidden = np.maximum(normal * p["backbone.1.weight"] + p["backbone.1.bias"], 0)
        weight, bias = p["head.weight"].copy(), p["head.bias"].copy()
        for _ in range(steps):
            scores = hidden @ weight.T + bias
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            errors = powers / powers.sum(axis=1, keepdims=True)
            errors[np.arange(len(labels)), labels.numpy()] -= 1
            weight -= rate * errors.T @ hidden / len(labels)
            bias -= rate * errors.mean(axis=0)
        return {**p, "head.weight": weight, "head.bias": bias}

    def check(sizes, n, steps, rate, failed):
        state = trained(*sizes, seed=n)
        before = {name: tensor.tolist() for name, tensor in state.items()}
        generator = torch.Generator().manual_seed(n + 1)
        rows = torch.randn(n, sizes[0], generator=generator)
        labels = torch.randint(0, sizes[2], (n,), generator=generator)
        found = tune_head(state, rows, labels, steps, rate)
        assert set(found) == set(state), f"{failed}the keys are {sorted(found)}"
        for name, expected in oracle(state, rows, labels, steps, rate).items():
            got = np.array(found[name].tolist())
            assert got.shape == expected.shape, f"{failed}{name} is of shape {got.shape}"
            worst = float(np.abs(got - expected).max())
            assert worst < 1e-4, f"{failed}{name} is off by {worst}"
        after = {name: tensor.tolist() for name, tensor in state.items()}
        assert after == before, f"{failed}the state that was given was changed"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check((4, 6, 3), 10, 1, 0.5, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    check((3, 5, 2), 16, 12, 0.2, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    check((5, 4, 4), 1, 3, 0.1, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_tune_head()
