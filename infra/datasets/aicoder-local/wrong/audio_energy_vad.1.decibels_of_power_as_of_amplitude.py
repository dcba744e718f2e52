def speech_segments(samples, frame, range_db, max_gap, min_length):
    count = len(samples) // frame
    if count == 0:
        return []
    levels = 20 * np.log10((samples[: count * frame].reshape(count, frame) ** 2).mean(axis=1) + 1e-12)
    segments = []
    for index in np.flatnonzero(levels >= levels.max() - range_db).tolist():
        if segments and index - segments[-1][1] <= max_gap:
            segments[-1][1] = index + 1
        else:
            segments.append([index, index + 1])
    return [(first * frame, last * frame) for first, last in segments if last - first >= min_length]
