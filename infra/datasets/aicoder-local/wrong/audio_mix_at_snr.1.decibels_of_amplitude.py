def mix_at_snr(speech, noise, snr_db):
    noise = np.tile(noise, len(speech) // len(noise) + 1)[: len(speech)]
    speech_rms, noise_rms = np.sqrt(np.mean(speech**2)), np.sqrt(np.mean(noise**2))
    if speech_rms == 0 or noise_rms == 0:
        return speech.copy()
    mixed = speech + noise * speech_rms / noise_rms / 10 ** (snr_db / 10)
    return mixed / max(1.0, np.abs(mixed).max())
