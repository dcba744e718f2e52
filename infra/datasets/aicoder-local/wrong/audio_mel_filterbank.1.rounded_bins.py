def mel_filterbank(sample_rate, n_fft, n_mels, f_min, f_max):
    mels = np.linspace(2595 * np.log10(1 + f_min / 700), 2595 * np.log10(1 + f_max / 700), n_mels + 2)
    points = np.floor((n_fft + 1) * 700 * (10 ** (mels / 2595) - 1) / sample_rate).astype(int)
    bank = np.zeros((n_mels, n_fft // 2 + 1))
    for m in range(n_mels):
        low, centre, high = points[m : m + 3]
        for k in range(low, centre):
            bank[m, k] = (k - low) / (centre - low)
        for k in range(centre, high):
            bank[m, k] = (high - k) / (high - centre)
    return bank
