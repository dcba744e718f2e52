import math

import torch
import torch.nn.functional as F


def cutmix(images, labels, partners, centre, kept, classes):
    _, _, height, width = images.shape
    ratio = math.sqrt(1.0 - kept)
    cut_h, cut_w = int(height * ratio), int(width * ratio)
    y1, y2 = max(centre[0] - cut_h // 2, 0), min(centre[0] + cut_h // 2, height)
    x1, x2 = max(centre[1] - cut_w // 2, 0), min(centre[1] + cut_w // 2, width)
    mixed = images.clone()
    mixed[:, :, y1:y2, x1:x2] = images[partners, :, y1:y2, x1:x2]
    target = F.one_hot(labels, classes).float()
    return mixed, kept * target + (1 - kept) * target[partners]
