def mix_at_snr(speech, noise, snr_db):
    noise = np.tile(noise, len(speech) // len(noise) + 1)[: len(speech)]
    speech_power, noise_power = np.mean(speech**2), np.mean(noise**2)
    if speech_power == 0 or noise_power == 0:
        return speech.copy()
    return np.clip(speech + noise * np.sqrt(speech_power / noise_power / 10 ** (snr_db / 10)), -1, 1)
