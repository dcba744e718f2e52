def speech_segments(samples, frame, range_db, max_gap, min_length):
    frames = [samples[start : start + frame] for start in range(0, len(samples), frame)]
    if not frames:
        return []
    levels = np.array([10 * np.log10(np.mean(each**2) + 1e-12) for each in frames])
    segments = []
    for index in np.flatnonzero(levels >= levels.max() - range_db).tolist():
        if segments and index - segments[-1][1] <= max_gap:
            segments[-1][1] = index + 1
        else:
            segments.append([index, index + 1])
    return [(first * frame, last * frame) for first, last in segments if last - first >= min_length]
