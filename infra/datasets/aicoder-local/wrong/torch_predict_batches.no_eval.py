import torch
from torch import nn


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
    hidden, features = state["inner.weight"].shape
    model = Classifier(features, hidden, state["outer.weight"].shape[0])
    model.load_state_dict(state)
    outputs = []
    with torch.no_grad():
        for start in range(0, len(rows), batch_size):
            batch = rows[start : start + batch_size]
            outputs.append(torch.softmax(model(batch), dim=1))
    return torch.cat(outputs)
