import numpy as np


def match_captions(images: np.ndarray, captions: np.ndarray) -> tuple[list[int], float]:
    a = images / np.linalg.norm(images, axis=1, keepdims=True)
    b = captions / np.linalg.norm(captions, axis=1, keepdims=True)
    best = (a @ b.T).argmax(axis=0).tolist()
    return best, sum(index == i for i, index in enumerate(best)) / len(best)
