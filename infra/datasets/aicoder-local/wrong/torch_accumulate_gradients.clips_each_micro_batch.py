import torch


def train_accumulated(micro_batches, accumulate, learning_rate, max_norm, epochs):
    weight = torch.zeros(micro_batches[0][0].shape[1], requires_grad=True)
    bias = torch.zeros((), requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=learning_rate)
    for _ in range(epochs):
        for start in range(0, len(micro_batches), accumulate):
            group = micro_batches[start : start + accumulate]
            rows = sum(len(targets) for _, targets in group)
            optimizer.zero_grad()
            for features, targets in group:
                loss = ((features @ weight + bias - targets) ** 2).sum() / rows
                loss.backward()
                torch.nn.utils.clip_grad_norm_([weight, bias], max_norm)
            optimizer.step()
    return weight.detach(), bias.item()
