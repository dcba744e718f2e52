def resample(samples, old_rate, new_rate):
    common = math.gcd(old_rate, new_rate)
    return signal.resample_poly(samples, old_rate // common, new_rate // common)
