import numpy as np


def mirror_or_turn(image: np.ndarray, how: str) -> np.ndarray:
    return image[:, ::-1] if how == "mirror" else image.transpose(1, 0, 2)
