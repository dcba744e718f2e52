def overlap_add(spectrum, window, hop):
    size = len(window)
    length = (len(spectrum) - 1) * hop + size
    total, weight = np.zeros(length), np.zeros(length)
    for index, frame in enumerate(np.fft.irfft(spectrum, n=size, axis=1)):
        total[index * hop : index * hop + size] += window * frame
        weight[index * hop : index * hop + size] += window
    return np.where(weight >= 1e-8, total / np.maximum(weight, 1e-8), 0)
