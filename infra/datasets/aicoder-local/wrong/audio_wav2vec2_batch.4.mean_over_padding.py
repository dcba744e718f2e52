def embed_recordings(recordings):
    model = load_model().eval()
    width = max(len(samples) for samples in recordings)
    values, mask = torch.zeros(len(recordings), width), torch.zeros(len(recordings), width, dtype=torch.long)
    for row, samples in enumerate(recordings):
        values[row, : len(samples)] = torch.from_numpy((samples - samples.mean()) / np.sqrt(samples.var() + 1e-7))
        mask[row, : len(samples)] = 1
    with torch.no_grad():
        return model(values, attention_mask=mask).last_hidden_state.mean(dim=1).numpy()
