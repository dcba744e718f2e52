import io

import numpy as np
from PIL import Image


def preprocess_png(png: bytes, mean: list[float], std: list[float]) -> np.ndarray:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    width, height = image.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    image = image.crop((left, top, left + side, top + side))
    array = np.asarray(image, dtype=np.float32)
    return ((array - np.array(mean)) / np.array(std)).astype(np.float32).transpose(2, 0, 1)
