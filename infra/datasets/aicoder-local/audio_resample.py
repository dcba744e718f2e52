# domain: audio
# level: 1
# checks: resampling keeps tones and their pitch, and removes what the lower rate can't hold
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "scipy"]

# function_import --------------------

import math

import numpy as np
from scipy import signal

# function_code --------------------

def resample(samples: np.ndarray, old_rate: int, new_rate: int) -> np.ndarray:
    """Resample a mono recording from `old_rate` to `new_rate` samples a second.

    The result has ceil(len(samples) * new_rate / old_rate) samples, and its first one lies at the same moment as the first of
    the recording. More than 20 ms away from both ends:

    - a tone below 0.8 times half of the lower of the two rates keeps frequency, phase and amplitude: no sample is off
      by more than 1 % of the amplitude;
    - a tone above 1.3 times half of the new rate is removed, down to 1 % of its amplitude.

    With equal rates the samples are returned as they are. Rates are of real recordings, from 4,000 to 48,000.

    >>> len(resample(np.zeros(8000), 8000, 16000))
    16000
    """
    if old_rate == new_rate:
        return samples.copy()
    common = math.gcd(old_rate, new_rate)
    return signal.resample_poly(samples, new_rate // common, old_rate // common)

# test_function_code --------------------

def test_resample():
    import math

    import numpy as np

    def check(parts, seconds, old_rate, new_rate, case):
        def recording(rate, count, keep):
            t = np.arange(count) / rate
            waves = [a * np.cos(2 * np.pi * f * t + phase) for f, a, phase in parts if keep(f)]
            return np.sum([np.zeros(count), *waves], axis=0)

        count = int(seconds * old_rate)
        got = np.asarray(resample(recording(old_rate, count, lambda f: True), old_rate, new_rate))
        length = math.ceil(count * new_rate / old_rate)
        assert got.shape == (length,), f"Test case {case} failed: got the shape {got.shape}, expected ({length},)"
        expected = recording(new_rate, length, lambda f: f < new_rate / 2)
        margin = math.ceil(0.021 * new_rate)
        worst = float(np.abs(got - expected)[margin:-margin].max())
        limit = 0.01 * sum(a for _, a, _ in parts)
        assert worst < limit, f"Test case {case} failed: a sample is off by {worst} from {old_rate} to {new_rate}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([(440, 1.0, 0.3)], 0.25, 16000, 8000, "[1/4]")
    check([(440, 1.0, 0.3), (2900, 0.5, 1.0)], 0.25, 8000, 16000, "[1/4]")

    print("Testing case [2/4] started.")
    check([(300, 0.5, 0.0), (5900, 0.5, 2.0)], 0.2, 44100, 16000, "[2/4]")
    check([(1234, 1.0, -0.5)], 0.211, 16000, 44100, "[2/4]")

    print("Testing case [3/4] started.")
    check([(500, 0.2, 0.0), (5600, 1.0, 0.4)], 0.25, 16000, 8000, "[3/4]")
    check([(11000, 1.0, 0.4)], 0.2, 48000, 16000, "[3/4]")
    check([(20000, 1.0, 0.1), (0.0, 0.1, 0.0)], 0.2, 44100, 22050, "[3/4]")

    print("Testing case [4/4] started.")
    samples = np.random.default_rng(2).normal(size=777)
    got = np.asarray(resample(samples, 22050, 22050))
    same = got.shape == samples.shape and np.allclose(got, samples, atol=1e-12)
    assert same, "Test case [4/4] failed: equal rates changed the samples"

    print("Testing finished.")

# call_test_function_line --------------------

test_resample()
