import numpy as np


def flip_sample(image, boxes, keypoints, pairs):
    width = image.shape[1]
    new_boxes = boxes.copy()
    new_boxes[:, 0] = width - 1 - boxes[:, 2]
    new_boxes[:, 2] = width - 1 - boxes[:, 0]
    new_points = keypoints.copy()
    visible = new_points[..., 2] > 0
    new_points[..., 0][visible] = width - 1 - new_points[..., 0][visible]
    for left, right in pairs:
        new_points[:, [left, right]] = new_points[:, [right, left]]
    return image[:, ::-1].copy(), new_boxes, new_points
