def power_spectrogram(samples, n_fft, hop):
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n_fft) / n_fft)
    starts = range(0, len(samples) - n_fft, hop)
    frames = np.array([samples[start : start + n_fft] for start in starts]).reshape(-1, n_fft)
    return np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
