import torch
from torchvision.ops import batched_nms


def select_detections(boxes, scores, min_score, max_iou, limit):
    rows, labels = torch.where(scores > min_score)
    found = scores[rows, labels]
    top = found.argsort(descending=True)[:limit]
    rows, labels, found = rows[top], labels[top], found[top]
    kept = batched_nms(boxes[rows], found, labels, max_iou)
    return boxes[rows][kept], found[kept], labels[kept]
