# domain: vision
# level: 2
# checks: an image is cut into patches, not reshaped into them; class token and positions stand where they belong
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def patch_tokens(
    images: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor,
    class_token: torch.Tensor,
    positions: torch.Tensor,
    patch: int,
) -> torch.Tensor:
    """First layer of a vision transformer: from images to the tokens that go into its encoder.

    `images` is a float32 tensor of shape (batch, channels, height, width), height and width multiples of
    `patch`. Each image is cut into squares of patch x patch pixels, row by row from the top, each row from left to
    right. A patch is flattened channel by channel, within a channel row by row, and mapped linearly:
    `weight` has shape (size, channels * patch * patch), `bias` (size,). The tokens of the patches stand behind
    `class_token`, shape (size,), which is the first token of each image. To all tokens, the class token included,
    `positions`, shape (1 + number of patches, size), are added.

    Returns the tokens, shape (batch, 1 + number of patches, size).

    >>> images, weight, nothing = torch.ones(1, 1, 2, 2), torch.ones(1, 4), torch.zeros(1)
    >>> patch_tokens(images, weight, nothing, nothing, torch.zeros(2, 1), 2).tolist()
    [[[0.0], [4.0]]]
    """
    channels = images.shape[1]
    kernel = weight.reshape(-1, channels, patch, patch)
    tokens = torch.nn.functional.conv2d(images, kernel, bias, stride=patch).flatten(2).transpose(1, 2)
    first = class_token.expand(len(images), 1, -1)
    return torch.cat([first, tokens], dim=1) + positions

# test_function_code --------------------

def test_patch_tokens():
    import torch

    def naive(images, weight, bias, class_token, positions, patch):
        batch, channels, height, width = images.shape
        rows = []
        for b in range(batch):
            tokens = [class_token.tolist()]
            for top in range(0, height, patch):
                for left in range(0, width, patch):
                    pixels = [
                        images[b, c, top + y, left + x].item()
                        for c in range(channels)
                        for y in range(patch)
                        for x in range(patch)
                    ]
                    sums = [sum(w * p for w, p in zip(row, pixels)) for row in weight.tolist()]
                    tokens.append([total + offset for total, offset in zip(sums, bias.tolist())])
            rows.append([[t + p for t, p in zip(token, place)] for token, place in zip(tokens, positions.tolist())])
        return rows

    def check(batch, channels, height, width, size, patch, failed):
        generator = torch.Generator().manual_seed(height * width)
        images = torch.randn(batch, channels, height, width, generator=generator)
        weight = torch.randn(size, channels * patch * patch, generator=generator)
        bias, token = torch.randn(2, size, generator=generator)
        positions = torch.randn(1 + height * width // patch**2, size, generator=generator)
        found = patch_tokens(images, weight, bias, token, positions, patch).tolist()
        expected = naive(images, weight, bias, token, positions, patch)
        shapes = [[len(tokens) for tokens in rows] for rows in (found, expected)]
        assert shapes[0] == shapes[1], f"{failed}there are {shapes[0]} tokens, expected {shapes[1]}"
        worst = max(
            (abs(a - b) for r, s in zip(found, expected) for t, u in zip(r, s) for a, b in zip(t, u)), key=lambda x: (x != x, x)
        )  # A NaN is the worst.
        assert worst < 1e-3, f"{failed}the tokens are off by {worst}"
        assert {len(token) for row in found for token in row} == {size}, f"{failed}not all tokens have {size} numbers"

    print("Testing started.")
    print("Testing case [1/3] started.")
    check(1, 1, 4, 4, 3, 2, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    check(2, 3, 6, 9, 4, 3, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    check(3, 3, 8, 4, 5, 4, "Test case [3/3] failed: ")
    check(2, 2, 2, 4, 3, 1, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_patch_tokens()
