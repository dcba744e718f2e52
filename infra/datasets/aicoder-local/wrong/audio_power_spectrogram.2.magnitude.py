def power_spectrogram(samples, n_fft, hop):
    count = max(0, 1 + (len(samples) - n_fft) // hop)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n_fft) / n_fft)
    frames = np.array([samples[i * hop : i * hop + n_fft] for i in range(count)]).reshape(count, n_fft)
    return np.abs(np.fft.rfft(frames * window, axis=1))
