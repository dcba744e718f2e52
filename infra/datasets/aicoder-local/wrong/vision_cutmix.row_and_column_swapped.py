import math

import torch
import torch.nn.functional as F


def cutmix(images, labels, partners, centre, kept, classes):
    _, _, width, height = images.shape
    ratio = math.sqrt(1.0 - kept)
    cut_h, cut_w = int(height * ratio), int(width * ratio)
    cx, cy = centre
    y1, y2 = max(cy - cut_h // 2, 0), min(cy + cut_h // 2, height)
    x1, x2 = max(cx - cut_w // 2, 0), min(cx + cut_w // 2, width)
    mixed = images.clone()
    mixed[:, :, y1:y2, x1:x2] = images[partners, :, y1:y2, x1:x2]
    share = 1 - (y2 - y1) * (x2 - x1) / (height * width)
    target = F.one_hot(labels, classes).float()
    return mixed, share * target + (1 - share) * target[partners]
