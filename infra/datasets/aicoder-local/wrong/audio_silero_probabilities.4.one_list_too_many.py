def speech_probabilities(recordings):
    model = load_silero_vad()
    results = []
    for samples in [*recordings, np.zeros(0)]:
        model.reset_states()
        padded = np.pad(samples, (0, -len(samples) % 512)).astype(np.float32)
        results.append([model(torch.from_numpy(chunk), 16000).item() for chunk in padded.reshape(-1, 512)])
    return results
