import io

import torch


def train_steps(features, targets, steps, checkpoint):
    model = torch.nn.Linear(features.shape[1], 1, bias=False)
    torch.nn.init.zeros_(model.weight)
    start = 0
    if checkpoint is not None:
        saved = torch.load(io.BytesIO(checkpoint))
        model.load_state_dict(saved["model"])
        start = saved["step"]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1 * 0.5 ** (start // 5), momentum=0.9)
    for step in range(start, start + steps):
        for group in optimizer.param_groups:
            group["lr"] = 0.1 * 0.5 ** (step // 5)
        optimizer.zero_grad()
        loss = ((model(features).squeeze(1) - targets) ** 2).mean()
        loss.backward()
        optimizer.step()
    buffer = io.BytesIO()
    torch.save({"model": model.state_dict(), "step": start + steps}, buffer)
    return model.weight.detach().flatten(), buffer.getvalue()
