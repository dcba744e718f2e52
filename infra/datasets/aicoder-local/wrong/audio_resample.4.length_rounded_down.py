def resample(samples, old_rate, new_rate):
    return signal.resample(samples, len(samples) * new_rate // old_rate)
