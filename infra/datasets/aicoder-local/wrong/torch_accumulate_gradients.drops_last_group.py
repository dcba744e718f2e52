import torch


def train_accumulated(micro_batches, accumulate, learning_rate, max_norm, epochs):
    weight = torch.zeros(micro_batches[0][0].shape[1], requires_grad=True)
    bias = torch.zeros((), requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=learning_rate)
    for _ in range(epochs):
        optimizer.zero_grad()
        rows = 0
        for number, (features, targets) in enumerate(micro_batches, 1):
            ((features @ weight + bias - targets) ** 2).sum().backward()
            rows += len(targets)
            if number % accumulate == 0:
                weight.grad /= rows
                bias.grad /= rows
                torch.nn.utils.clip_grad_norm_([weight, bias], max_norm)
                optimizer.step()
                optimizer.zero_grad()
                rows = 0
    return weight.detach(), bias.item()
