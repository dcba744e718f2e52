def embed_recordings(recordings):
    model = load_model()
    width = max(len(samples) for samples in recordings)
    values, mask = torch.zeros(len(recordings), width), torch.zeros(len(recordings), width, dtype=torch.long)
    for row, samples in enumerate(recordings):
        values[row, : len(samples)] = torch.from_numpy((samples - samples.mean()) / np.sqrt(samples.var() + 1e-7))
        mask[row, : len(samples)] = 1
    with torch.no_grad():
        states = model(values, attention_mask=mask).last_hidden_state
    counts = [frame_count(len(samples)) for samples in recordings]
    return torch.stack([row[:count].mean(dim=0) for row, count in zip(states, counts)]).numpy()
