import numpy as np


def collate(images, captions, pad_id):
    height, width = (max(image.shape[axis] for image in images) for axis in (0, 1))
    pixels = np.zeros((len(images), 3, height, width), np.float32)
    mask = np.zeros((len(images), height, width), np.int64)
    labels = np.full((len(images), max(map(len, captions))), pad_id)
    for row, (image, caption) in enumerate(zip(images, captions)):
        h, w, _ = image.shape
        pixels[row, :, :h, :w] = image.transpose(2, 0, 1) / 255
        mask[row, :h, :w] = 1
        labels[row, : len(caption)] = caption
    return {"pixel_values": pixels, "pixel_mask": mask, "labels": labels}
