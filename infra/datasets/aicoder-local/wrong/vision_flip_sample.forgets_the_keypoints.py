import numpy as np


def flip_sample(image, boxes, keypoints, pairs):
    flipped = boxes.copy()
    flipped[:, [0, 2]] = image.shape[1] - boxes[:, [2, 0]]
    return image[:, ::-1].copy(), flipped
