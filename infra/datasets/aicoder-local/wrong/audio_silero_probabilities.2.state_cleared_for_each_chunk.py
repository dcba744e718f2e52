def speech_probabilities(recordings):
    model = load_silero_vad()
    results = []
    for samples in recordings:
        values = []
        padded = np.pad(samples, (0, -len(samples) % 512)).astype(np.float32)
        for chunk in padded.reshape(-1, 512):
            model.reset_states()
            values.append(model(torch.from_numpy(chunk), 16000).item())
        results.append(values)
    return results
