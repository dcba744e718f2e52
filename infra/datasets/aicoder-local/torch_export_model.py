# domain: training
# level: 3
# checks: a model is exported in evaluation mode with a free batch size, and the exported program is what runs
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch
from torch import nn

# function_code --------------------

class Scorer(nn.Module):
    """Scores of rows of features, between 0 and 1."""

    def __init__(self, features: int, hidden: int) -> None:
        super().__init__()
        self.inner = nn.Linear(features, hidden)
        self.norm = nn.BatchNorm1d(hidden)
        self.dropout = nn.Dropout(0.5)
        self.outer = nn.Linear(hidden, 1)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        hidden = self.dropout(torch.relu(self.norm(self.inner(rows))))
        return torch.sigmoid(self.outer(hidden)).squeeze(1)


def export_scorer(
    state: dict[str, torch.Tensor], batches: list[torch.Tensor]
) -> tuple[list[str], list[str], list[torch.Tensor]]:
    """Export a trained `Scorer` with `torch.export` and score batches of several sizes with the exported program.

    `state` is the state dict of the `Scorer`, whose sizes are told by the shapes in it. `batches` are float32 tensors
    of shape (rows, features), rows >= 1, with different numbers of rows. The model is exported once, as it works
    in evaluation, for any number of rows; the scores of all batches come from the one exported program, as
    `torch.export.export` gives it (no decompositions are run).

    Returns three lists: the operators that the exported program calls, for each node of its graph whose op is
    "call_function", in order, the target as text (such as "aten.linear.default"); the names of the parameters in
    the exported program's signature (`graph_signature.parameters`, no buffers), in its order; and the scores of each
    batch, shape (rows,), which require no gradient.
    """
    hidden, features = state["inner.weight"].shape
    model = Scorer(features, hidden)
    model.load_state_dict(state)
    rows = torch.export.Dim("rows")
    program = torch.export.export(model.eval(), (torch.zeros(3, features),), dynamic_shapes=({0: rows},))
    operators = [str(node.target) for node in program.graph.nodes if node.op == "call_function"]
    scorer = program.module()
    with torch.no_grad():
        scores = [scorer(batch) for batch in batches]
    return operators, list(program.graph_signature.parameters), scores

# test_function_code --------------------

def test_export_scorer():
    import numpy as np
    import torch

    def trained(features, hidden, seed):
        generator = torch.Generator().manual_seed(seed)

        def draw(*shape):
            return torch.randn(*shape, generator=generator)

        return {
            "inner.weight": draw(hidden, features),
            "inner.bias": draw(hidden),
            "norm.weight": draw(hidden),
            "norm.bias": draw(hidden),
            "norm.running_mean": draw(hidden),
            "norm.running_var": draw(hidden) ** 2 + 0.5,
            "norm.num_batches_tracked": torch.tensor(3),
            "outer.weight": draw(1, hidden),
            "outer.bias": draw(1),
        }

    def oracle(state, rows):
        p = {name: tensor.double().numpy() for name, tensor in state.items()}
        inner = rows.double().numpy() @ p["inner.weight"].T + p["inner.bias"]
        normal = (inner - p["norm.running_mean"]) / np.sqrt(p["norm.running_var"] + 1e-5)
        hidden = np.maximum(normal * p["norm.weight"] + p["norm.bias"], 0)
        return 1 / (1 + np.exp(-(hidden @ p["outer.weight"].T + p["outer.bias"])[:, 0]))

    state = trained(4, 6, 1)
    generator = torch.Generator().manual_seed(2)
    batches = [torch.randn(rows, 4, generator=generator) for rows in (5, 1, 2, 9)]

    print("Testing started.")

    print("Testing case [1/3] started.")
    operators, parameters, scores = export_scorer(state, batches)
    assert len(scores) == 4, f"Test case [1/3] failed: there are scores of {len(scores)} batches"
    for batch, found in zip(batches, scores):
        expected = oracle(state, batch)
        got = np.array(found.tolist())
        close = got.shape == expected.shape and np.allclose(got, expected, atol=1e-4)
        assert close, f"Test case [1/3] failed: the scores are {got.tolist()}, expected {expected.tolist()}"
        assert not found.requires_grad, "Test case [1/3] failed: the scores require a gradient"

    print("Testing case [2/3] started.")
    called = [name for name in operators if name.startswith("aten.")]
    layers = [name.split(".")[1] for name in called]
    assert layers.count("linear") == 2, f"Test case [2/3] failed: the operators are {operators}"
    order = [name for name in layers if name in ("linear", "batch_norm", "relu", "sigmoid", "squeeze")]
    expected = ["linear", "batch_norm", "relu", "linear", "sigmoid", "squeeze"]
    assert order == expected, f"Test case [2/3] failed: the operators are {operators}, expected {expected} in order"
    assert "add_" not in layers, f"Test case [2/3] failed: batch norm counts batches, as in training: {operators}"

    print("Testing case [3/3] started.")
    expected = ["inner.weight", "inner.bias", "norm.weight", "norm.bias", "outer.weight", "outer.bias"]
    assert list(parameters) == expected, f"Test case [3/3] failed: the parameters are {parameters}"

    print("Testing finished.")

# call_test_function_line --------------------

test_export_scorer()
