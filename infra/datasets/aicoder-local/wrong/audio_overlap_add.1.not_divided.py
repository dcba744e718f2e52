def overlap_add(spectrum, window, hop):
    size = len(window)
    total = np.zeros((len(spectrum) - 1) * hop + size)
    for index, frame in enumerate(np.fft.irfft(spectrum, n=size, axis=1)):
        total[index * hop : index * hop + size] += window * frame
    return total
