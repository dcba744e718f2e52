def resample(samples, old_rate, new_rate):
    length = math.ceil(len(samples) * new_rate / old_rate)
    return np.interp(np.arange(length) / new_rate, np.arange(len(samples)) / old_rate, samples)
