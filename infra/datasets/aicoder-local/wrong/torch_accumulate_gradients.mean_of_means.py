import torch
import torch.nn.functional as F


def train_accumulated(micro_batches, accumulate, learning_rate, max_norm, epochs):
    weight = torch.zeros(micro_batches[0][0].shape[1], requires_grad=True)
    bias = torch.zeros((), requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=learning_rate)
    for _ in range(epochs):
        for start in range(0, len(micro_batches), accumulate):
            group = micro_batches[start : start + accumulate]
            optimizer.zero_grad()
            for features, targets in group:
                loss = F.mse_loss(features @ weight + bias, targets)
                (loss / len(group)).backward()
            torch.nn.utils.clip_grad_norm_([weight, bias], max_norm)
            optimizer.step()
    return weight.detach(), bias.item()
