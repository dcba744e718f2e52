import torch


def patch_tokens(images, weight, bias, class_token, positions, patch):
    batch, channels, height, width = images.shape
    count = (height // patch) * (width // patch)
    patches = images.reshape(batch, count, channels * patch * patch)
    tokens = patches @ weight.t() + bias
    cls = class_token.view(1, 1, -1).expand(batch, -1, -1)
    return torch.cat([cls, tokens], dim=1) + positions
