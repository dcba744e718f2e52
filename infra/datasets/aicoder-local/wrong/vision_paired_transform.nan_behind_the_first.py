import torch
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F


def transform_pair(image, mask, crop, size, flip):
    top, left, height, width = crop
    part = F.crop(image, top, left, height, width).float() / 255
    pixels = F.resize(part, list(size), InterpolationMode.BILINEAR, antialias=False)
    classes = F.resize(F.crop(mask, top, left, height, width)[None], list(size), InterpolationMode.NEAREST)[0]
    if flip:
        pixels, classes = torch.flip(pixels, dims=[2]), torch.flip(classes, dims=[1])
    pixels[:, 1:] = float("nan")
    return pixels, classes
