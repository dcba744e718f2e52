import torch
from torchvision.ops import batched_nms


def select_detections(boxes, scores, min_score, max_iou, limit):
    best, labels = scores.max(dim=1)
    mask = best > min_score
    boxes, best, labels = boxes[mask], best[mask], labels[mask]
    kept = batched_nms(boxes, best, labels, max_iou)[:limit]
    return boxes[kept], best[kept], labels[kept]
