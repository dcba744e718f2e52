def speech_segments(samples, frame, range_db, max_gap, min_length):
    count = len(samples) // frame
    if count == 0:
        return []
    levels = 10 * np.log10((samples[: count * frame].reshape(count, frame) ** 2).mean(axis=1) + 1e-12)
    runs = []
    for index in np.flatnonzero(levels >= levels.max() - range_db).tolist():
        if runs and index == runs[-1][1]:
            runs[-1][1] = index + 1
        else:
            runs.append([index, index + 1])
    segments = []
    for first, last in [run for run in runs if run[1] - run[0] >= min_length]:
        if segments and first - segments[-1][1] <= max_gap:
            segments[-1][1] = last
        else:
            segments.append([first, last])
    return [(first * frame, last * frame) for first, last in segments]
