import torch


def patch_tokens(images, weight, bias, class_token, positions, patch):
    batch, channels, height, width = images.shape
    rows, columns = height // patch, width // patch
    patches = images.reshape(batch, channels, rows, patch, columns, patch)
    patches = patches.permute(0, 2, 4, 3, 5, 1).reshape(batch, rows * columns, -1)
    tokens = patches @ weight.t() + bias
    cls = class_token.view(1, 1, -1).expand(batch, -1, -1)
    return torch.cat([cls, tokens], dim=1) + positions
