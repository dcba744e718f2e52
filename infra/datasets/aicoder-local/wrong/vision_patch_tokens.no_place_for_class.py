import torch


def patch_tokens(images, weight, bias, class_token, positions, patch):
    batch, channels = images.shape[:2]
    kernel = weight.view(-1, channels, patch, patch)
    tokens = torch.nn.functional.conv2d(images, kernel, bias, stride=patch)
    tokens = tokens.flatten(2).transpose(1, 2)
    tokens = tokens + positions[1:]
    cls = class_token.view(1, 1, -1).expand(batch, -1, -1)
    return torch.cat([cls, tokens], dim=1)
