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
    for i, partner in enumerate(partners.tolist()):
        # The partner may have got its own part already.
        mixed[i, :, y1:y2, x1:x2] = mixed[partner, :, y1:y2, x1:x2]
    share = 1 - (y2 - y1) * (x2 - x1) / (height * width)
    target = F.one_hot(labels, classes).float()
    return mixed, share * target + (1 - share) * target[partners]
