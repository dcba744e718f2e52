import torch
from torchvision.transforms import functional as F


def transform_pair(image, mask, crop, size, flip):
    pixels = F.resized_crop(image.float() / 255, *crop, list(size), antialias=False)
    classes = F.resized_crop(mask[None].float(), *crop, list(size), antialias=False)
    if flip:
        pixels, classes = F.hflip(pixels), F.hflip(classes)
    return pixels, classes[0].round().long()
