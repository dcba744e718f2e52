# domain: audio
# level: 2
# checks: triangular mel filters, placed by frequency and not by rounded bins
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def mel_filterbank(sample_rate: int, n_fft: int, n_mels: int, f_min: float, f_max: float) -> np.ndarray:
    """Triangular filters that turn a power spectrum of n_fft // 2 + 1 bins into `n_mels` mel bands.

    The mel scale is HTK's: mel(f) = 2595 * log10(1 + f / 700), f in Hz. n_mels + 2 points lie at equal distances on that scale, the
    first at mel(f_min), the last at mel(f_max); as frequencies in Hz, they are the edges and centres: filter m rises from point m to
    point m + 1, its centre, and falls to point m + 2 (counted from 0). Its weight at a bin follows from the bin's
    frequency, k * sample_rate / n_fft for bin k, without any rounding: it grows linearly in Hz from 0 at the lower edge to 1 at the centre,
    falls linearly in Hz to 0 at the upper edge, and is 0 elsewhere. Filters are not normalised by area.

    Returns floats of the shape (n_mels, n_fft // 2 + 1). `n_fft` is even.

    >>> mel_filterbank(8000, 8, 2, 0.0, 4000.0).shape
    (2, 5)
    """
    mels = np.linspace(2595 * np.log10(1 + f_min / 700), 2595 * np.log10(1 + f_max / 700), n_mels + 2)
    points = 700 * (10 ** (mels / 2595) - 1)
    bins = np.arange(n_fft // 2 + 1) * sample_rate / n_fft
    low, centre, high = points[:-2, None], points[1:-1, None], points[2:, None]
    return np.maximum(0, np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre)))

# test_function_code --------------------

def test_mel_filterbank():
    import math

    import numpy as np

    def naive(sample_rate, n_fft, n_mels, f_min, f_max):
        first, last = (2595 * math.log10(1 + f / 700) for f in (f_min, f_max))
        mels = [first + (last - first) * i / (n_mels + 1) for i in range(n_mels + 2)]
        points = [700 * (10 ** (mel / 2595) - 1) for mel in mels]
        rows = []
        for low, centre, high in zip(points, points[1:], points[2:]):
            row = []
            for k in range(n_fft // 2 + 1):
                f = k * sample_rate / n_fft
                if low < f <= centre:
                    row.append((f - low) / (centre - low))
                elif centre < f < high:
                    row.append((high - f) / (high - centre))
                else:
                    row.append(0.0)
            rows.append(row)
        return np.array(rows)

    def check(*arguments, case):
        got, expected = np.asarray(mel_filterbank(*arguments)), naive(*arguments)
        assert got.shape == expected.shape, f"Test case {case} failed: got the shape {got.shape}"
        worst = float(np.abs(got - expected).max())
        assert worst < 1e-5, f"Test case {case} failed: a weight is off by {worst} for {arguments}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(16000, 512, 40, 0.0, 8000.0, case="[1/4]")

    print("Testing case [2/4] started.")
    check(22050, 1024, 26, 133.0, 6855.0, case="[2/4]")
    check(8000, 256, 3, 300.0, 3400.0, case="[2/4]")

    print("Testing case [3/4] started.")
    # With more filters than bins at low frequencies, narrow ones fall between bins.
    check(16000, 128, 60, 0.0, 8000.0, case="[3/4]")

    print("Testing case [4/4] started.")
    # Between the first and the last centre, the weights of each bin add up to 1.
    bank = np.asarray(mel_filterbank(16000, 400, 23, 20.0, 7600.0))
    bins = np.arange(201) * 40.0
    sums = bank.sum(axis=0)[(bins > 120) & (bins < 6800)]
    fits = np.allclose(sums, 1, atol=1e-5)
    assert fits, f"Test case [4/4] failed: the weights of a bin add up to {sums.min()} ... {sums.max()}"

    print("Testing finished.")

# call_test_function_line --------------------

test_mel_filterbank()
