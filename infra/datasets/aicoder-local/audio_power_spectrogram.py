# domain: audio
# level: 1
# checks: a power spectrogram with a periodic Hann window, frames by hop, time first
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def power_spectrogram(samples: np.ndarray, n_fft: int, hop: int) -> np.ndarray:
    """Power spectrogram of a mono recording.

    Frames of `n_fft` samples start at 0, hop, 2 * hop, ...; only whole frames count, and nothing is padded. Each frame is multiplied by the
    periodic Hann window, 0.5 - 0.5 * cos(2 * pi * n / n_fft) for n = 0 ... n_fft - 1, and Fourier-transformed. Returns the squared
    magnitudes for the frequencies from 0 to half of the sampling rate, not scaled, as floats of the shape (frames, n_fft // 2 + 1); without
    a whole frame the shape is (0, n_fft // 2 + 1). `n_fft` is even.

    >>> power_spectrogram(np.ones(4), 4, 1).round(6).tolist()
    [[4.0, 1.0, 0.0]]
    """
    count = max(0, 1 + (len(samples) - n_fft) // hop)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n_fft) / n_fft)
    frames = np.array([samples[i * hop : i * hop + n_fft] for i in range(count)]).reshape(count, n_fft)
    return np.abs(np.fft.rfft(frames * window, axis=1)) ** 2

# test_function_code --------------------

def test_power_spectrogram():
    import cmath
    import math

    import numpy as np

    def naive(samples, n_fft, hop):
        rows = []
        for start in range(0, len(samples) - n_fft + 1, hop):
            row = []
            for k in range(n_fft // 2 + 1):
                value = 0
                for n in range(n_fft):
                    window = 0.5 - 0.5 * math.cos(2 * math.pi * n / n_fft)
                    value += window * float(samples[start + n]) * cmath.exp(-2j * math.pi * k * n / n_fft)
                row.append(abs(value) ** 2)
            rows.append(row)
        return rows

    def check(samples, n_fft, hop, case):
        got, expected = np.asarray(power_spectrogram(samples, n_fft, hop)), np.array(naive(samples, n_fft, hop))
        fits = got.shape == expected.shape and np.allclose(got, expected, rtol=1e-5, atol=1e-6)
        assert fits, f"Test case {case} failed: got {got}, expected {expected}"

    rng = np.random.default_rng(0)

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(rng.normal(size=32), 16, 8, "[1/4]")

    print("Testing case [2/4] started.")
    check(rng.normal(size=53), 8, 3, "[2/4]")
    check(rng.normal(size=16), 16, 5, "[2/4]")

    print("Testing case [3/4] started.")
    # A tone of 1000 Hz at 8000 Hz falls on bin 8 of 64, alone but for the window's side bins.
    tone = np.cos(2 * np.pi * 1000 * np.arange(256) / 8000)
    got = power_spectrogram(tone, 64, 64)
    expected = np.zeros((4, 33))
    expected[:, 8], expected[:, [7, 9]] = 16.0**2, 8.0**2
    fits = got.shape == expected.shape and np.allclose(got, expected, atol=1e-6)
    assert fits, f"Test case [3/4] failed: got {got[0]} for a tone on bin 8"

    print("Testing case [4/4] started.")
    got = power_spectrogram(np.ones(7), 8, 4)
    assert np.shape(got) == (0, 5), f"Test case [4/4] failed: got the shape {np.shape(got)} without a whole frame"

    print("Testing finished.")

# call_test_function_line --------------------

test_power_spectrogram()
