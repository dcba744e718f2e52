# domain: vision
# level: 2
# checks: image and mask of a segmentation go through the same transform, and a resized mask holds classes only
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch", "torchvision"]

# function_import --------------------

import torch
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

# function_code --------------------

def transform_pair(
    image: torch.Tensor,
    mask: torch.Tensor,
    crop: tuple[int, int, int, int],
    size: tuple[int, int],
    flip: bool,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Crop, resize and mirror an image and its segmentation mask alike.

    `image` is a uint8 tensor of shape (3, height, width), `mask` an int64 tensor of shape (height, width) with a
    class for each pixel. First the rectangle `crop` = (top, left, height, width) is cut out of both, which is
    inside the image; then it is resized to `size` = (height, width); then, if `flip` is true, mirrored left to right.

    Before it is resized the image is converted to float32 and divided by 255. It is resized bilinearly, without
    antialiasing and with pixel centres as torchvision does (align_corners is false). The mask is resized by nearest
    neighbour, torchvision's InterpolationMode.NEAREST: pixel (i, j) of the result is pixel
    (floor(i * height / new height), floor(j * width / new width)) of the crop.

    Returns the image, float32 of shape (3, *size), and the mask, int64 of shape `size`.
    """
    pixels = F.crop(image, *crop).float() / 255
    classes = F.crop(mask, *crop)[None]
    pixels = F.resize(pixels, list(size), InterpolationMode.BILINEAR, antialias=False)
    classes = F.resize(classes, list(size), InterpolationMode.NEAREST)[0]
    return (F.hflip(pixels), F.hflip(classes)) if flip else (pixels, classes)

# test_function_code --------------------

def test_transform_pair():
    import math

    import torch

    def bilinear(rows, new_height, new_width):
        height, width = len(rows), len(rows[0])

        def place(index, new, old):
            at = max((index + 0.5) * old / new - 0.5, 0.0)
            low = min(math.floor(at), old - 1)
            return low, min(low + 1, old - 1), at - low

        result = []
        for i in range(new_height):
            top, bottom, down = place(i, new_height, height)
            line = []
            for j in range(new_width):
                left, right, over = place(j, new_width, width)
                upper = rows[top][left] * (1 - over) + rows[top][right] * over
                lower = rows[bottom][left] * (1 - over) + rows[bottom][right] * over
                line.append(upper * (1 - down) + lower * down)
            result.append(line)
        return result

    def check(height, width, crop, size, flip, failed):
        generator = torch.Generator().manual_seed(height * width)
        image = torch.randint(0, 256, (3, height, width), generator=generator, dtype=torch.uint8)
        mask = torch.randint(0, 3, (height, width), generator=generator) * 10
        top, left, high, wide = crop
        parts = [[line[left : left + wide] for line in channel[top : top + high]] for channel in image.tolist()]
        expected = [bilinear(part, *size) for part in parts]
        classes = [
            [mask[top + i * high // size[0], left + j * wide // size[1]].item() for j in range(size[1])]
            for i in range(size[0])
        ]
        if flip:
            expected = [[line[::-1] for line in channel] for channel in expected]
            classes = [line[::-1] for line in classes]
        pixels, found = transform_pair(image, mask, crop, size, flip)
        shapes = [list(pixels.shape), list(found.shape)]
        assert shapes == [[3, *size], list(size)], f"{failed}the shapes are {shapes}"
        assert str(found.dtype) == "torch.int64", f"{failed}the mask is of type {found.dtype}"
        assert found.tolist() == classes, f"{failed}the mask is {found.tolist()}, expected {classes}"
        pairs = zip(pixels.flatten().tolist(), (value for channel in expected for line in channel for value in line))
        worst = max((abs(a - b / 255) for a, b in pairs), key=lambda x: (x != x, x))  # A NaN is the worst.
        assert worst < 1e-4, f"{failed}the image is off by {worst}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(6, 8, (1, 3, 4, 5), (4, 5), False, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    check(6, 8, (2, 0, 4, 6), (4, 6), True, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    check(8, 8, (0, 0, 8, 8), (4, 2), False, "Test case [3/4] failed: ")
    check(8, 12, (0, 2, 8, 8), (2, 4), True, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check(5, 7, (1, 2, 3, 4), (6, 8), True, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_transform_pair()
