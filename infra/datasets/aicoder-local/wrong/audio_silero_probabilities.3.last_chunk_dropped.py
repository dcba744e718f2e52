def speech_probabilities(recordings):
    model = load_silero_vad()
    results = []
    for samples in recordings:
        model.reset_states()
        whole = samples[: len(samples) // 512 * 512].astype(np.float32).reshape(-1, 512)
        results.append([model(torch.from_numpy(chunk), 16000).item() for chunk in whole])
    return results
