# domain: multimodal
# level: 1
# checks: images of different sizes and captions become one batch: channels first, padded, with masks
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def collate(images: list[np.ndarray], captions: list[list[int]], pad_id: int) -> dict[str, np.ndarray]:
    """One batch of images of different sizes and their captions, as a detector or captioner reads them.

    Image i is an array of bytes (numpy.uint8) of the shape (height, width, 3), and caption i a list of token ids. Returns arrays:

    - "pixel_values", 32-bit floats of the shape (n, 3, H, W), where H is the greatest height and W the greatest width in the batch: each image
      channels first, its values divided by 255, at the top left; 0 elsewhere;
    - "pixel_mask", integers of the shape (n, H, W): 1 where there is image, 0 where there is padding;
    - "labels", integers of the shape (n, T), where T is the greatest number of tokens: each caption at the left. A token that is
      `pad_id`, and padding, is -100, which the loss leaves out.

    >>> collate([np.full((1, 2, 3), 255, dtype=np.uint8)], [[5, 6]], 0)["labels"].tolist()
    [[5, 6]]
    """
    height, width = (max(image.shape[axis] for image in images) for axis in (0, 1))
    pixels = np.zeros((len(images), 3, height, width), np.float32)
    mask = np.zeros((len(images), height, width), np.int64)
    labels = np.full((len(images), max(map(len, captions))), -100)
    for row, (image, caption) in enumerate(zip(images, captions)):
        pixels[row, :, : image.shape[0], : image.shape[1]] = image.transpose(2, 0, 1) / 255
        mask[row, : image.shape[0], : image.shape[1]] = 1
        labels[row, : len(caption)] = [-100 if token == pad_id else token for token in caption]
    return {"pixel_values": pixels, "pixel_mask": mask, "labels": labels}

# test_function_code --------------------

def test_collate():
    import numpy as np

    rng = np.random.default_rng(19)

    def check(sizes, captions, pad_id, labels, case):
        images = [rng.integers(1, 256, (*size, 3)).astype(np.uint8) for size in sizes]
        batch = {key: np.asarray(value) for key, value in collate(images, captions, pad_id).items()}
        height, width = max(size[0] for size in sizes), max(size[1] for size in sizes)
        shapes = [batch["pixel_values"].shape, batch["pixel_mask"].shape]
        expected = [(len(sizes), 3, height, width), (len(sizes), height, width)]
        assert shapes == expected, f"Test case {case} failed: got the shapes {shapes}, expected {expected}"
        for i, image in enumerate(images):
            for y in range(height):
                for x in range(width):
                    inside = y < sizes[i][0] and x < sizes[i][1]
                    want = [int(value) / 255 for value in image[y, x]] if inside else [0, 0, 0]
                    got = batch["pixel_values"][i, :, y, x]
                    assert np.allclose(got, want, atol=1e-6), f"Test case {case} failed: pixel {i, y, x} is {got}, not {want}"
                    marked = int(batch["pixel_mask"][i, y, x])
                    assert marked == inside, f"Test case {case} failed: the mask at {i, y, x} is {marked}"
        assert batch["labels"].tolist() == labels, f"Test case {case} failed: got the labels {batch['labels']}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([(3, 4)], [[7, 8, 9]], 0, [[7, 8, 9]], "[1/3]")

    print("Testing case [2/3] started.")
    check([(2, 5), (4, 3), (1, 1)], [[7], [8, 9, 10], [11, 12]], 0, [[7, -100, -100], [8, 9, 10], [11, 12, -100]], "[2/3]")

    print("Testing case [3/3] started.")
    check([(3, 3), (2, 2)], [[5, 1, 5, 0], [0, 5]], 5, [[-100, 1, -100, 0], [0, -100, -100, -100]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_collate()
