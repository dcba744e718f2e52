def mix_at_snr(speech, noise, snr_db):
    speech_power, noise_power = np.mean(speech**2), np.mean(noise**2)
    if speech_power == 0 or noise_power == 0:
        return speech.copy()
    noise = np.tile(noise, len(speech) // len(noise) + 1)[: len(speech)]
    mixed = speech + noise * np.sqrt(speech_power / noise_power / 10 ** (snr_db / 10))
    return mixed / max(1.0, np.abs(mixed).max())
