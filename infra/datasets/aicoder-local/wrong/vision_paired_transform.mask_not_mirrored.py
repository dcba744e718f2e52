import torch
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F


def transform_pair(image, mask, crop, size, flip):
    pixels = F.resized_crop(image.float() / 255, *crop, list(size), antialias=False)
    classes = F.resized_crop(mask[None], *crop, list(size), InterpolationMode.NEAREST)
    if flip:
        pixels = F.hflip(pixels)
    return pixels, classes[0]
