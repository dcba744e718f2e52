import torch
from torchvision.ops import nms


def select_detections(boxes, scores, min_score, max_iou, limit):
    rows, labels = torch.where(scores > min_score)
    found = scores[rows, labels]
    kept = nms(boxes[rows], found, max_iou)[:limit]
    return boxes[rows][kept], found[kept], labels[kept]
