def resample(samples, old_rate, new_rate):
    length = math.ceil(len(samples) * new_rate / old_rate)
    positions = np.round(np.arange(length) * old_rate / new_rate).astype(int)
    return samples[np.minimum(positions, len(samples) - 1)]
