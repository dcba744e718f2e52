import numpy as np


def flip_sample(image, boxes, keypoints, pairs):
    width = image.shape[1]
    flipped = np.stack([width - boxes[:, 2], boxes[:, 1], width - boxes[:, 0], boxes[:, 3]], axis=1)
    points = keypoints.copy()
    points[..., 0] = np.where(points[..., 2] > 0, width - points[..., 0], 0)
    return np.fliplr(image).copy(), flipped, points
