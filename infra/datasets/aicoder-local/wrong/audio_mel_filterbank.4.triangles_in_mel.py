def mel_filterbank(sample_rate, n_fft, n_mels, f_min, f_max):
    points = np.linspace(2595 * np.log10(1 + f_min / 700), 2595 * np.log10(1 + f_max / 700), n_mels + 2)
    bins = 2595 * np.log10(1 + np.arange(n_fft // 2 + 1) * sample_rate / n_fft / 700)
    low, centre, high = points[:-2, None], points[1:-1, None], points[2:, None]
    return np.maximum(0, np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre)))
