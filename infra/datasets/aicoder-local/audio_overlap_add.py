# domain: audio
# level: 3
# checks: a changed short-time spectrum is turned into the signal that fits it best (weighted overlap-add)
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def overlap_add(spectrum: np.ndarray, window: np.ndarray, hop: int) -> np.ndarray:
    """The signal whose short-time Fourier transform is nearest to a given one, in least squares (Griffin and Lim 1984).

    Row i of `spectrum`, complex and of the shape (frames, len(window) // 2 + 1), is `numpy.fft.rfft` of `window` times the len(window) samples
    that start at i * hop; but it may have been changed since, so that the rows contradict each other. The best signal is the sum over the frames of
    window times the inverse transform of the row, each at its place, divided sample by sample by the sum of the squared
    windows there. Where that sum is below 1e-8 a sample is 0.

    Returns floats, (frames - 1) * hop + len(window) of them. `len(window)` is even, there is at least one frame, and hop may be anything
    from 1 up, also more than len(window).

    >>> overlap_add(np.fft.rfft(np.array([[1.0, 2.0]])), np.ones(2), 1).tolist()
    [1.0, 2.0]
    """
    size = len(window)
    length = (len(spectrum) - 1) * hop + size
    total, weight = np.zeros(length), np.zeros(length)
    for index, frame in enumerate(np.fft.irfft(spectrum, n=size, axis=1)):
        part = slice(index * hop, index * hop + size)
        total[part] += window * frame
        weight[part] += window**2
    known = weight >= 1e-8
    return np.where(known, total / np.where(known, weight, 1), 0)

# test_function_code --------------------

def test_overlap_add():
    import numpy as np

    rng = np.random.default_rng(9)

    def transform(samples, window, hop):
        starts = range(0, len(samples) - len(window) + 1, hop)
        return np.array([np.fft.rfft(window * samples[start : start + len(window)]) for start in starts])

    def near(got, expected):
        got = np.asarray(got)
        return got.shape == expected.shape and bool(np.allclose(got, expected, atol=1e-6))

    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(16) / 16)

    print("Testing started.")

    print("Testing case [1/4] started.")
    for window, hop in ((hann, 4), (hann + 0.1, 5), (np.linspace(0.2, 1.5, 16), 3), (np.ones(16) * 2, 16)):
        samples = rng.normal(size=16 + 7 * hop)
        expected = samples.copy()
        if window[0] == 0:
            expected[0] = 0
        got = overlap_add(transform(samples, window, hop), window, hop)
        assert near(got, expected), f"Test case [1/4] failed: a signal did not come back with hop {hop}"

    print("Testing case [2/4] started.")
    # Rows that contradict each other: solved as a linear least-squares problem.
    window, hop, frames = np.hamming(8), 3, 6
    spectrum = transform(rng.normal(size=hop * 5 + 8), window, hop) * rng.uniform(0.2, 2, size=(frames, 5))
    targets = np.fft.irfft(spectrum, n=8, axis=1)
    matrix = np.zeros((frames * 8, hop * 5 + 8))
    for i in range(frames):
        for n in range(8):
            matrix[i * 8 + n, i * hop + n] = window[n]
    best = np.linalg.lstsq(matrix, targets.ravel(), rcond=None)[0]
    got = overlap_add(spectrum, window, hop)
    assert near(got, best), f"Test case [2/4] failed: got {got}, the nearest signal is {best}"

    print("Testing case [3/4] started.")
    samples = rng.normal(size=16)
    got = overlap_add(transform(samples, hann, 4), hann, 4)
    expected = np.concatenate([[0.0], samples[1:]])
    assert near(got, expected), f"Test case [3/4] failed: got {got} for one frame, expected {expected}"

    print("Testing case [4/4] started.")
    # Between frames that do not touch nothing is known.
    samples = rng.normal(size=28)
    window = np.ones(8)
    got = overlap_add(transform(samples, window, 10), window, 10)
    expected = np.where(np.arange(28) % 10 < 8, samples, 0)
    assert near(got, expected), f"Test case [4/4] failed: got {got}, expected {expected}"

    print("Testing finished.")

# call_test_function_line --------------------

test_overlap_add()
