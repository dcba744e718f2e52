# domain: vision
# level: 3
# checks: CutMix pastes from the images as they were, and labels are mixed by the area that the cut really has
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import math

import torch

# function_code --------------------

def cutmix(
    images: torch.Tensor,
    labels: torch.Tensor,
    partners: torch.Tensor,
    centre: tuple[int, int],
    kept: float,
    classes: int,
) -> tuple[torch.Tensor, torch.Tensor]:
    """CutMix: paste a part of another image into each image of a batch, and mix the labels accordingly.

    `images` is a float32 tensor of shape (batch, channels, height, width), `labels` (batch,), int64. Image i
    gets its part from image partners[i] (`partners` is int64, a permutation of the batch). The part is the same
    rectangle in all images: with side = sqrt(1 - kept), high = int(height * side), wide = int(width * side)
    and `centre` = (row, column), it consists of the rows r with row - high // 2 <= r < row + high // 2 and of the
    columns c with column - wide // 2 <= c < column + wide // 2, as far as they are inside the image.

    The label of an image is a distribution over the classes: share * one_hot(its label) + (1 - share) *
    one_hot(its partner's label), where share is the share of the image's pixels that are not in the rectangle.

    Returns the mixed images and the labels, float32 of shape (batch, classes). No argument is changed.
    """
    height, width = images.shape[2:]
    side = math.sqrt(1 - kept)
    high, wide = int(height * side) // 2, int(width * side) // 2
    rows = slice(max(centre[0] - high, 0), max(min(centre[0] + high, height), 0))
    columns = slice(max(centre[1] - wide, 0), max(min(centre[1] + wide, width), 0))
    mixed = images.clone()
    mixed[:, :, rows, columns] = images[partners][:, :, rows, columns]
    area = (rows.stop - rows.start) * (columns.stop - columns.start)
    share = 1 - area / (height * width)
    one_hot = torch.nn.functional.one_hot(labels, classes).float()
    return mixed, share * one_hot + (1 - share) * one_hot[partners]

# test_function_code --------------------

def test_cutmix():
    import torch

    def check(shape, labels, partners, centre, kept, rectangle, failed):
        batch, channels, height, width = shape
        images = torch.arange(float(batch * channels * height * width)).reshape(shape)
        given, before = images.tolist(), images.tolist()
        top, bottom, left, right = rectangle
        share = 1 - (bottom - top) * (right - left) / (height * width)
        expected = [
            [
                [
                    [
                        given[partners[b] if top <= r < bottom and left <= c < right else b][k][r][c]
                        for c in range(width)
                    ]
                    for r in range(height)
                ]
                for k in range(channels)
            ]
            for b in range(batch)
        ]
        mixed, targets = cutmix(images, torch.tensor(labels), torch.tensor(partners), centre, kept, 4)
        assert mixed.tolist() == expected, f"{failed}the images are {mixed.tolist()}, expected {expected}"
        pairs = [(labels[b], labels[partners[b]]) for b in range(batch)]
        wanted = [[share * (k == own) + (1 - share) * (k == other) for k in range(4)] for own, other in pairs]
        targets = targets.tolist()
        close = len(targets) == batch and all(
            len(row) == 4 and all(abs(a - b) < 1e-5 for a, b in zip(row, one)) for row, one in zip(targets, wanted)
        )
        assert close, f"{failed}the labels are {targets}, expected {wanted}"
        assert images.tolist() == before, f"{failed}the images given were changed"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check((2, 1, 8, 8), [0, 3], [1, 0], (4, 4), 0.75, (2, 6, 2, 6), "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    # The cut reaches over the edge.
    check((2, 2, 8, 8), [1, 2], [1, 0], (0, 7), 0.75, (0, 2, 5, 8), "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    # Height and width differ, and a permutation of three.
    check((3, 1, 4, 16), [1, 2, 3], [1, 2, 0], (2, 9), 0.75, (1, 3, 5, 13), "Test case [3/4] failed: ")
    check((3, 1, 16, 4), [0, 0, 2], [2, 0, 1], (12, 1), 0.4375, (6, 16, 0, 2), "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check((2, 1, 4, 4), [1, 1], [0, 1], (2, 2), 0.0, (0, 4, 0, 4), "Test case [4/4] failed: ")
    check((2, 1, 4, 4), [1, 2], [1, 0], (2, 2), 1.0, (2, 2, 2, 2), "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_cutmix()
