# domain: multimodal
# level: 2
# checks: images and captions are prepared as CLIP wants them, and matched by a softmax over the captions
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "torch", "transformers"]

# function_import --------------------

import numpy as np
import torch
from transformers import CLIPConfig, CLIPModel

# function_code --------------------

PAD, BOS, EOS = 0, 28, 29
MAX_TOKENS = 8
MEAN = [0.48145466, 0.4578275, 0.40821073]
STD = [0.26862954, 0.26130258, 0.27577711]


def load_model() -> CLIPModel:
    """A tiny CLIP for images of 16 x 16 pixels and captions of at most MAX_TOKENS tokens."""
    torch.manual_seed(1)
    text = {
        "vocab_size": 30,
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "max_position_embeddings": MAX_TOKENS,
        "bos_token_id": BOS,
        "eos_token_id": EOS,
        "pad_token_id": PAD,
    }
    vision = {
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "image_size": 16,
        "patch_size": 8,
    }
    return CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=8, initializer_factor=4.0))


def match_captions(images: list[np.ndarray], captions: list[list[int]]) -> list[list[float]]:
    """How probably each of several captions belongs to an image, by the model of `load_model`, used for inference.

    Images are arrays of bytes (numpy.uint8) of the shape (16, 16, 3): height, width, and red, green, blue. The model wants channels first, values
    divided by 255, and then, channel by channel, MEAN subtracted and the result divided by STD. Captions are lists of word
    ids from 1 to 27, of different lengths. The model wants BOS before the words and EOS after them, at most MAX_TOKENS tokens in all: of a
    longer caption the last words are left out, not EOS. Shorter ones are padded with PAD after EOS.

    Returns for each image a list with the probability of every caption: the softmax, over the captions, of the
    model's `logits_per_image`.
    """
    pixels = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255
    pixels = (pixels - torch.tensor(MEAN)[:, None, None]) / torch.tensor(STD)[:, None, None]
    rows = [[BOS, *caption[: MAX_TOKENS - 2], EOS] for caption in captions]
    width = max(len(row) for row in rows)
    ids = torch.tensor([row + [PAD] * (width - len(row)) for row in rows])
    model = load_model().eval()
    with torch.no_grad():
        out = model(input_ids=ids, attention_mask=(ids != PAD).long(), pixel_values=pixels)
    return out.logits_per_image.softmax(dim=1).tolist()

# test_function_code --------------------

def test_match_captions():
    import numpy as np
    import torch

    model = load_model().eval()
    rng = np.random.default_rng(10)

    def logit(image, caption):
        pixels = torch.zeros(1, 3, 16, 16)
        for channel in range(3):
            values = torch.tensor(image[:, :, channel].astype(np.float64) / 255)
            pixels[0, channel] = (values - MEAN[channel]) / STD[channel]
        ids = torch.tensor([[BOS, *caption[:6], EOS]])
        with torch.no_grad():
            return float(model(input_ids=ids, pixel_values=pixels).logits_per_image)

    def check(images, captions, case):
        got = match_captions(images, captions)
        for number, image in enumerate(images):
            weights = np.exp([logit(image, caption) for caption in captions])
            expected = weights / weights.sum()
            fits = len(got[number]) == len(captions) and np.allclose(got[number], expected, atol=2e-3)
            assert fits, f"Test case {case} failed: image {number} has {got[number]}, expected {expected.tolist()}"
        assert len(got) == len(images), f"Test case {case} failed: {len(got)} lists for {len(images)} images"

    def image(low, high):
        return rng.integers(low, high, (16, 16, 3)).astype(np.uint8)

    print("Testing started.")
    print("Testing case [1/3] started.")
    check([image(0, 256)], [[3, 4, 5], [9, 8, 7], [20, 1, 1]], "[1/3]")

    print("Testing case [2/3] started.")
    check([image(0, 80), image(150, 256), image(0, 256)], [[3], [14, 15, 16, 17, 18, 19], [27, 2]], "[2/3]")

    print("Testing case [3/3] started.")
    check([image(0, 256), image(100, 120)], [list(range(1, 13)), list(range(1, 6)), [11] * 7], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_match_captions()
