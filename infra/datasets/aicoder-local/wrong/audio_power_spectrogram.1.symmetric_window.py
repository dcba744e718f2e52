def power_spectrogram(samples, n_fft, hop):
    count = max(0, 1 + (len(samples) - n_fft) // hop)
    frames = np.array([samples[i * hop : i * hop + n_fft] for i in range(count)]).reshape(count, n_fft)
    return np.abs(np.fft.rfft(frames * np.hanning(n_fft), axis=1)) ** 2
