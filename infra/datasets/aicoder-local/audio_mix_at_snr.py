# domain: audio
# level: 1
# checks: noise is mixed at a ratio in decibels of power, repeated where it is too short
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def mix_at_snr(speech: np.ndarray, noise: np.ndarray, snr_db: float) -> np.ndarray:
    """Mix noise into speech at a given ratio of signal to noise, to augment training data.

    Both are mono recordings as floats. Noise that is shorter than the speech is repeated from its start, and longer noise is cut at its end, so that it
    has the speech's length. It is then multiplied by the factor, positive, at which 10 * log10(power of speech / power of noise) is
    `snr_db`, where power is the mean of the squared samples over that length, and added to the speech, which is not scaled. If the
    speech or the noise (as cut) has no power, a copy of the speech is returned. If the largest magnitude of the mixture is
    greater than 1, all of the mixture is divided by it. The arguments are not changed.

    >>> mix_at_snr(np.array([0.5, -0.5]), np.array([1.0]), 0.0).tolist()
    [1.0, 0.0]
    """
    noise = np.resize(noise, len(speech)) if len(noise) < len(speech) else noise[: len(speech)]
    speech_power, noise_power = np.mean(speech**2), np.mean(noise**2)
    if speech_power == 0 or noise_power == 0:
        return speech.copy()
    mixed = speech + noise * np.sqrt(speech_power / noise_power / 10 ** (snr_db / 10))
    return mixed / max(1.0, np.abs(mixed).max())

# test_function_code --------------------

def test_mix_at_snr():
    import math

    import numpy as np

    rng = np.random.default_rng(4)

    def power(values):
        return sum(float(value) ** 2 for value in values) / len(values)

    def check(speech, noise, snr_db, case):
        before = speech.copy(), noise.copy()
        mixed = np.asarray(mix_at_snr(speech, noise, snr_db))
        used = [float(noise[i % len(noise)]) for i in range(len(speech))]
        factor = math.sqrt(power(speech) / power(used) / 10 ** (snr_db / 10))
        expected = [float(s) + factor * n for s, n in zip(speech, used)]
        peak = max(1.0, max(abs(value) for value in expected))
        expected = [value / peak for value in expected]
        fits = mixed.shape == speech.shape and np.allclose(mixed, expected, atol=1e-6)
        assert fits, f"Test case {case} failed: got {mixed[:4]}..., expected {expected[:4]}... at {snr_db} dB"
        kept = np.array_equal(before[0], speech) and np.array_equal(before[1], noise)
        assert kept, f"Test case {case} failed: an argument was changed"

    print("Testing started.")

    print("Testing case [1/4] started.")
    speech, noise = rng.normal(size=200) * 0.05, rng.normal(size=200) * 0.3
    check(speech, noise, 10.0, "[1/4]")
    check(speech, noise, -3.0, "[1/4]")

    print("Testing case [2/4] started.")
    check(speech, rng.normal(size=64) * 0.01 + 0.02, 6.0, "[2/4]")
    # Only what is used of longer noise counts for its power.
    check(speech, np.concatenate([rng.normal(size=200) * 0.1, np.full(500, 0.9)]), 0.0, "[2/4]")

    print("Testing case [3/4] started.")
    check(rng.normal(size=300) * 0.6, rng.normal(size=300), -12.0, "[3/4]")

    print("Testing case [4/4] started.")
    got = np.asarray(mix_at_snr(speech, np.zeros(50), 5.0))
    assert np.array_equal(got, speech), "Test case [4/4] failed: noise without power changed the speech"
    got = np.asarray(mix_at_snr(np.zeros(20), noise, 5.0))
    assert np.array_equal(got, np.zeros(20)), f"Test case [4/4] failed: got {got} for speech without power"

    print("Testing finished.")

# call_test_function_line --------------------

test_mix_at_snr()
