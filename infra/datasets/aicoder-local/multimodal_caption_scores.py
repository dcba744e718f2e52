# domain: multimodal
# level: 3
# checks: captions of different lengths are scored given their image, with their end, without padding, shifted once
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "torch", "transformers"]

# function_import --------------------

import numpy as np
import torch
from transformers import GPT2Config, VisionEncoderDecoderConfig, VisionEncoderDecoderModel, ViTConfig

# function_code --------------------

PAD, START, END = 0, 1, 2


def load_model() -> VisionEncoderDecoderModel:
    """A tiny captioning model for images of 16 x 16 pixels, as its constructor leaves it: in training mode."""
    torch.manual_seed(8)
    encoder = ViTConfig(
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        image_size=16,
        patch_size=8,
        initializer_range=0.5,
    )
    decoder = GPT2Config(
        vocab_size=20,
        n_positions=24,
        n_embd=16,
        n_layer=1,
        n_head=2,
        initializer_range=0.5,
        bos_token_id=START,
        eos_token_id=END,
        pad_token_id=PAD,
        is_decoder=True,
        add_cross_attention=True,
    )
    config = VisionEncoderDecoderConfig.from_encoder_decoder_configs(encoder, decoder)
    config.decoder_start_token_id, config.pad_token_id, config.eos_token_id = START, PAD, END
    return VisionEncoderDecoderModel(config=config)


def score_captions(images: np.ndarray, captions: list[list[int]]) -> list[float]:
    """How probable captions are, each given its own image, by the model of `load_model`.

    `images` has the shape (n, 3, 16, 16), floats that are ready for the model. `captions` are n lists of word ids of 3 or more, without special
    tokens, of different lengths, maybe empty. The decoder reads START and then the caption's words; after each it predicts the
    next word, and END after the last one. The score of a caption is the natural logarithm of the probability of the caption
    with its END: the sum over its words and END of the logarithm of each one's probability given the image and what
    comes before. The model is used for inference, and it does not matter what other captions are scored along with one.

    Returns the scores in the order of the captions.
    """
    model = load_model().eval()
    width = max(len(caption) for caption in captions) + 1
    targets = torch.tensor([[*caption, END] + [PAD] * (width - 1 - len(caption)) for caption in captions])
    inputs = torch.cat([torch.full((len(captions), 1), START), targets[:, :-1]], dim=1)
    pixels = torch.from_numpy(images).float()
    with torch.no_grad():
        logits = model(pixel_values=pixels, decoder_input_ids=inputs).logits
    scores = logits.log_softmax(dim=-1).gather(2, targets[:, :, None])[:, :, 0]
    return (scores * (targets != PAD)).sum(dim=1).tolist()

# test_function_code --------------------

def test_score_captions():
    import numpy as np
    import torch

    model = load_model().eval()
    rng = np.random.default_rng(2)

    def naive(image, caption):
        words, total = [START], 0.0
        for word in [*caption, END]:
            with torch.no_grad():
                out = model(
                    pixel_values=torch.tensor(image, dtype=torch.float32)[None], decoder_input_ids=torch.tensor([words])
                )
            total += float(out.logits[0, -1].double().softmax(dim=-1)[word].log())
            words.append(word)
        return total

    def check(captions, case):
        images = rng.normal(size=(len(captions), 3, 16, 16)).astype(np.float32)
        got, expected = score_captions(images, captions), [naive(*pair) for pair in zip(images, captions)]
        fits = len(got) == len(expected) and all(abs(a - b) < 2e-3 for a, b in zip(got, expected))
        assert fits, f"Test case {case} failed: got {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[5, 9, 3, 17]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[5, 9], [11], [4, 4, 19, 8, 7, 3], [12, 13, 14]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[], [6, 6, 6], []], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_score_captions()
