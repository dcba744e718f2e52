import torch
from torch import nn


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


def export_scorer(state, batches):
    hidden, features = state["inner.weight"].shape
    model = Scorer(features, hidden)
    model.load_state_dict(state)
    model.eval()
    batch = torch.export.Dim("batch")
    program = torch.export.export(model, (batches[0],), dynamic_shapes={"rows": {0: batch}})
    operators = [str(node.target) for node in program.graph.nodes if node.op == "call_function"]
    scores = [program.module()(rows).detach() for rows in batches]
    return operators, list(program.state_dict), scores
