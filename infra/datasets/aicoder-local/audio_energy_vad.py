# domain: audio
# level: 2
# checks: speech segments by energy: decibels of power, short gaps closed before short segments go, ends exclusive
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def speech_segments(
    samples: np.ndarray, frame: int, range_db: float, max_gap: int, min_length: int
) -> list[tuple[int, int]]:
    """Find where a mono recording holds speech, by the energy of its frames.

    The recording is cut into frames of `frame` samples that follow each other; a rest at the end that is shorter is left out. The level
    of a frame is 10 * log10(mean of its squared samples + 1e-12). A frame is speech if its level is at least the highest level of
    all frames minus `range_db`. Then, in this order,

    1. gaps between two speech frames become speech if they are at most `max_gap` frames long (what lies before the first speech frame
       and after the last one is no gap);
    2. segments, which are speech frames in a row, are dropped if they are shorter than `min_length` frames.

    Returns the segments in order as (first sample, one past the last sample). Without any whole frame there are none.

    >>> speech_segments(np.array([0.0, 0.0, 1.0, 1.0, 0.0]), 1, 20.0, 0, 1)
    [(2, 4)]
    """
    count = len(samples) // frame
    if count == 0:
        return []
    levels = 10 * np.log10((samples[: count * frame].reshape(count, frame) ** 2).mean(axis=1) + 1e-12)
    speech = np.flatnonzero(levels >= levels.max() - range_db)
    segments: list[list[int]] = []
    for index in speech.tolist():
        if segments and index - segments[-1][1] <= max_gap:
            segments[-1][1] = index + 1
        else:
            segments.append([index, index + 1])
    return [(first * frame, last * frame) for first, last in segments if last - first >= min_length]

# test_function_code --------------------

def test_speech_segments():
    import numpy as np

    def recording(levels, frame):
        """Frames of alternating samples, at levels in decibels."""
        signs = np.where(np.arange(frame) % 2 == 0, 1.0, -1.0)
        return np.concatenate([10 ** (level / 20) * signs for level in levels])

    def check(levels, arguments, expected, case, frame=10, rest=0):
        samples = np.concatenate([recording(levels, frame), np.full(rest, 5.0)])
        got = [tuple(int(end) for end in segment) for segment in speech_segments(samples, frame, *arguments)]
        assert got == expected, f"Test case {case} failed: got {got}, expected {expected} for {levels} with {arguments}"

    print("Testing started.")

    print("Testing case [1/5] started.")
    check([-60, -10, -12, -60, -60, -60, -8, -60], (30.0, 0, 1), [(10, 30), (60, 70)], "[1/5]")
    check([-5, -60, -60, -60, -5], (30.0, 0, 1), [(0, 10), (40, 50)], "[1/5]")

    print("Testing case [2/5] started.")
    # The threshold is one of power: 25 decibels below the loudest frame are within 26, and 27 are not.
    check([-20, -45, -47, -60], (26.0, 0, 1), [(0, 20)], "[2/5]")
    check([-20, -33, -45], (14.0, 0, 1), [(0, 20)], "[2/5]")

    print("Testing case [3/5] started.")
    check([-60, -60, -5, -60, -60, -5, -60, -60, -60, -5, -60], (30.0, 2, 1), [(20, 60), (90, 100)], "[3/5]")
    check([-60, -60, -5, -60, -60, -5, -60, -60, -60, -5, -60], (30.0, 3, 1), [(20, 100)], "[3/5]")

    print("Testing case [4/5] started.")
    # Short pieces that a closed gap joins are long enough.
    check([-5, -60, -5, -60, -60, -60, -5, -60, -60, -60, -5, -5, -5], (30.0, 1, 3), [(0, 30), (100, 130)], "[4/5]")
    check([-60, -5, -5, -60, -60, -5], (30.0, 1, 2), [(10, 30)], "[4/5]")

    print("Testing case [5/5] started.")
    check([-60, -5], (30.0, 0, 1), [(16, 32)], "[5/5]", frame=16, rest=15)
    got = speech_segments(np.ones(7), 8, 30.0, 0, 1)
    assert list(got) == [], f"Test case [5/5] failed: got {got} without a whole frame"

    print("Testing finished.")

# call_test_function_line --------------------

test_speech_segments()
