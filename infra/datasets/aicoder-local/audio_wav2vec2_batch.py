# domain: audio
# level: 3
# checks: recordings of different lengths get the same embedding in a batch as alone: normalised before padding, masked, in eval mode
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "torch", "transformers"]

# function_import --------------------

import numpy as np
import torch
from transformers import Wav2Vec2Config, Wav2Vec2Model

# function_code --------------------

def load_model() -> Wav2Vec2Model:
    """A tiny speech encoder, as its constructor leaves it: in training mode."""
    torch.manual_seed(3)
    config = Wav2Vec2Config(
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        conv_dim=(16, 16),
        conv_kernel=(10, 4),
        conv_stride=(5, 4),
        num_feat_extract_layers=2,
        feat_extract_norm="layer",
        do_stable_layer_norm=True,
        num_conv_pos_embeddings=8,
        num_conv_pos_embedding_groups=2,
        initializer_range=0.3,
        layerdrop=0.0,
    )
    return Wav2Vec2Model(config)


def frame_count(samples: int) -> int:
    """How many frames of the model's output belong to a recording of so many samples."""
    return ((samples - 10) // 5 + 1 - 4) // 4 + 1


def embed_recordings(recordings: list[np.ndarray]) -> np.ndarray:
    """Embeddings of mono recordings by the model of `load_model`, all computed in one batch.

    Each recording, of 100 samples or more, is first brought to zero mean and unit variance: its own mean is subtracted, and the result divided by
    sqrt(variance + 1e-7), where the variance is the mean of the squared deviations. The embedding of a recording is
    the mean of the model's last hidden states over the recording's own frames, the first `frame_count(samples)` of its row. The model is used for
    inference, and a recording's embedding is the same in whatever batch it is, also alone.

    Returns an array of the shape (recordings, 16).
    """
    model = load_model().eval()
    width = max(len(samples) for samples in recordings)
    values, mask = torch.zeros(len(recordings), width), torch.zeros(len(recordings), width, dtype=torch.long)
    for row, samples in enumerate(recordings):
        normal = (samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)
        values[row, : len(samples)] = torch.from_numpy(normal)
        mask[row, : len(samples)] = 1
    with torch.no_grad():
        states = model(values, attention_mask=mask).last_hidden_state
    counts = [frame_count(len(samples)) for samples in recordings]
    return torch.stack([row[:count].mean(dim=0) for row, count in zip(states, counts)]).numpy()

# test_function_code --------------------

def test_embed_recordings():
    import numpy as np
    import torch

    model = load_model().eval()
    rng = np.random.default_rng(6)

    def recording(count):
        # With an offset, so that padding before the normalisation shows.
        return rng.normal(size=count) * rng.uniform(0.1, 2) + rng.uniform(0.5, 3)

    def alone(samples):
        normal = (samples - samples.mean()) / np.sqrt(((samples - samples.mean()) ** 2).mean() + 1e-7)
        with torch.no_grad():
            states = model(torch.tensor(normal, dtype=torch.float32)[None]).last_hidden_state[0]
        return states.mean(dim=0).numpy()

    def check(recordings, case):
        got, expected = np.asarray(embed_recordings(recordings)), np.array([alone(each) for each in recordings])
        assert got.shape == expected.shape, f"Test case {case} failed: got the shape {got.shape}"
        for number, (one, other) in enumerate(zip(got, expected)):
            worst = float(np.abs(one - other).max())
            assert worst < 2e-3, f"Test case {case} failed: recording {number} is off by {worst}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([recording(800)], "[1/3]")

    print("Testing case [2/3] started.")
    check([recording(800), recording(320), recording(555)], "[2/3]")

    print("Testing case [3/3] started.")
    check([recording(count) for count in (100, 1000, 101, 640, 640, 103)], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_embed_recordings()
