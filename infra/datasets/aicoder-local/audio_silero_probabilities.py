# domain: audio
# level: 2
# checks: a stateful speech detector is fed chunk by chunk, its state kept within a recording and cleared between two
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "silero-vad", "torch"]

# function_import --------------------

import numpy as np
import torch
from silero_vad import load_silero_vad

# function_code --------------------

def speech_probabilities(recordings: list[np.ndarray]) -> list[list[float]]:
    """How probable speech is in each chunk of recordings, by silero's voice activity detector.

    The detector is the model that `load_silero_vad()` returns, one for all recordings. `model(chunk, 16000)` takes 512 samples as a
    tensor of 32-bit floats of the shape (512,), and gives the probability of speech in them, judged with what it has heard before:
    the model keeps a state from call to call, which `model.reset_states()` clears. No recording's
    probabilities may depend on another recording.

    Recordings are mono, at 16,000 samples a second, as arrays of floats (32 or 64 bits). Each is cut into chunks of 512 samples that follow each other
    without overlap; a last one that is shorter is filled up with zeros at its end. Returns for each recording the probability of every chunk.
    """
    model = load_silero_vad()
    results = []
    for samples in recordings:
        model.reset_states()
        padded = np.pad(samples, (0, -len(samples) % 512)).astype(np.float32)
        with torch.no_grad():
            results.append([model(torch.from_numpy(chunk), 16000).item() for chunk in padded.reshape(-1, 512)])
    return results

# test_function_code --------------------

def test_speech_probabilities():
    import numpy as np
    import torch
    from scipy.signal import lfilter
    from silero_vad import load_silero_vad

    rate = 16000
    rng = np.random.default_rng(0)

    def voice(seconds, pitch):
        """A vowel: the harmonics of a pulse train through the resonances of a mouth."""
        t = np.arange(int(seconds * rate)) / rate
        phase = np.cumsum(2 * np.pi * (pitch + 10 * np.sin(2 * np.pi * 3 * t)) / rate)
        sound = sum(np.sin(k * phase) / k for k in range(1, 30))
        for frequency, width in ((700, 80), (1220, 90), (2600, 120)):
            r = np.exp(-np.pi * width / rate)
            poles = [1, -2 * r * np.cos(2 * np.pi * frequency / rate), r * r]
            sound = lfilter([sum(poles)], poles, sound)
        return 0.5 * sound / np.abs(sound).max() * (0.5 + 0.5 * np.sin(2 * np.pi * 4 * t - 1.5))

    def recording(*parts):
        sound = np.concatenate([np.zeros(int(part * rate)) if isinstance(part, float) else part for part in parts])
        return (sound + rng.normal(size=len(sound)) * 0.002).astype(np.float32)

    spoken = recording(0.5, voice(1.0, 120), 0.5)
    odd = recording(0.2, voice(0.5, 180), 0.1)[: 512 * 20 + 100].astype(np.float64)
    quiet = recording(0.6)
    model = load_silero_vad()

    def expected_for(samples):
        model.reset_states()
        values = []
        for start in range(0, len(samples), 512):
            chunk = torch.zeros(512)
            part = torch.tensor(samples[start : start + 512], dtype=torch.float32)
            chunk[: len(part)] = part
            with torch.no_grad():
                values.append(float(model(chunk, rate)))
        return values

    def check(recordings, case):
        got = speech_probabilities(recordings)
        for number, samples in enumerate(recordings):
            expected = expected_for(samples)
            fits = len(got[number]) == len(expected) and np.allclose(got[number], expected, atol=2e-3)
            assert fits, f"Test case {case} failed: recording {number} has {got[number]}, expected {expected}"
        assert len(got) == len(recordings), f"Test case {case} failed: {len(got)} lists for {len(recordings)} recordings"

    print("Testing started.")
    print("Testing case [1/3] started.")
    check([spoken], "[1/3]")
    [values] = speech_probabilities([spoken])
    chunk = rate / 512
    inside, outside = values[int(0.7 * chunk) : int(1.4 * chunk)], values[int(0.2 * chunk) : int(0.45 * chunk)]
    assert min(inside) > 0.5 > max(outside), f"Test case [1/3] failed: {inside} while a voice speaks, {outside} before"

    print("Testing case [2/3] started.")
    check([odd], "[2/3]")

    print("Testing case [3/3] started.")
    check([spoken[: 512 * 40], quiet, odd], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_speech_probabilities()
