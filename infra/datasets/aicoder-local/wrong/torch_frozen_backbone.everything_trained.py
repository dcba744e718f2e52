import torch
from torch import nn


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
    hidden, features = state["backbone.0.weight"].shape
    network = Network(features, hidden, state["head.weight"].shape[0])
    network.load_state_dict(state)
    network.eval()
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    criterion = nn.CrossEntropyLoss()
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(network(rows), labels)
        loss.backward()
        optimizer.step()
    return {name: tensor.detach() for name, tensor in network.state_dict().items()}
