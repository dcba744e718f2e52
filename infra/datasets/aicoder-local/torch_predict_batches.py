# domain: training
# level: 1
# checks: inference in evaluation mode (dropout, batch norm), softmax over classes, the last smaller batch
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch
from torch import nn

# function_code --------------------

class Classifier(nn.Module):
    """Scores (logits) of classes for rows of features."""

    def __init__(self, features: int, hidden: int, classes: int) -> None:
        super().__init__()
        self.inner = nn.Linear(features, hidden)
        self.norm = nn.BatchNorm1d(hidden)
        self.dropout = nn.Dropout(0.5)
        self.outer = nn.Linear(hidden, classes)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self.outer(self.dropout(torch.relu(self.norm(self.inner(rows)))))


def predict_probabilities(state: dict[str, torch.Tensor], rows: torch.Tensor, batch_size: int) -> torch.Tensor:
    """Class probabilities that a trained `Classifier` gives to rows of features.

    `state` is the `state_dict()` of a trained `Classifier`; its sizes are told by the shapes in it. `rows` is
    a float32 tensor of shape (n, features), n >= 1. The rows are put through the model at most `batch_size` at a time.
    The probabilities of a row are the softmax of its scores as the trained model gives them in evaluation; they
    depend on no other row.

    Returns a tensor of shape (n, classes) that requires no gradient, its rows in the order of `rows`.
    """
    hidden, features = state["inner.weight"].shape
    model = Classifier(features, hidden, len(state["outer.bias"]))
    model.load_state_dict(state)
    model.eval()
    with torch.no_grad():
        return torch.cat([model(batch).softmax(dim=1) for batch in rows.split(batch_size)])

# test_function_code --------------------

def test_predict_probabilities():
    import numpy as np
    import torch

    def trained(features, hidden, classes, seed):
        generator = torch.Generator().manual_seed(seed)
        shapes = {
            "inner.weight": (hidden, features),
            "inner.bias": (hidden,),
            "norm.weight": (hidden,),
            "norm.bias": (hidden,),
            "norm.running_mean": (hidden,),
            "norm.running_var": (hidden,),
            "outer.weight": (classes, hidden),
            "outer.bias": (classes,),
        }
        state = {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}
        state["norm.running_var"] = state["norm.running_var"] ** 2 + 0.5
        state["norm.num_batches_tracked"] = torch.tensor(10)
        return state

    def oracle(state, rows):
        p = {name: tensor.double().numpy() for name, tensor in state.items()}
        inner = rows.double().numpy() @ p["inner.weight"].T + p["inner.bias"]
        norm = (inner - p["norm.running_mean"]) / np.sqrt(p["norm.running_var"] + 1e-5)
        scores = np.maximum(norm * p["norm.weight"] + p["norm.bias"], 0) @ p["outer.weight"].T + p["outer.bias"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def check(sizes, n, batch_size, failed):
        state = trained(*sizes, seed=n)
        rows = torch.randn(n, sizes[0], generator=torch.Generator().manual_seed(n + 1))
        expected = oracle(state, rows)
        found = predict_probabilities(state, rows, batch_size)
        assert list(found.shape) == list(expected.shape), f"{failed}the shape is {list(found.shape)}"
        assert not found.requires_grad, f"{failed}the result requires a gradient"
        worst = float(np.abs(np.array(found.tolist()) - expected).max())
        assert worst < 1e-4, f"{failed}probabilities are off by {worst}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check((4, 8, 3), 6, 6, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    check((5, 6, 4), 7, 3, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    check((3, 10, 2), 1, 4, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_predict_probabilities()
