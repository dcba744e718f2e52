# domain: audio

# requirements_file --------------------

requirements = []

# function_import --------------------

import io
import math
import struct
import wave

# function_code --------------------

def wav_rms(data: bytes, window: int) -> list[float]:
    """Loudness of a WAV recording, window by window.

    `data` holds a mono WAV file with 16-bit samples. The samples, each divided by 32768, are cut into
    windows of `window` samples that follow each other without overlap; the last one may be shorter.
    The value of a window is its root mean square: the square root of the mean of the squared samples.

    Args:
        data: the bytes of the WAV file.
        window: samples in a window, 1 or more.

    Returns:
        One value for each window, rounded to 4 decimals; an empty list for a file without samples.

    Raises:
        ValueError: if the file is not mono or its samples do not have 16 bits.

    >>> buffer = io.BytesIO()
    >>> with wave.open(buffer, "wb") as file:
    ...     file.setparams((1, 2, 8000, 0, "NONE", ""))
    ...     file.writeframes(struct.pack("<3h", 16384, -16384, 0))
    >>> wav_rms(buffer.getvalue(), 2)
    [0.5, 0.0]
    """
    with wave.open(io.BytesIO(data)) as file:
        if file.getnchannels() != 1 or file.getsampwidth() != 2:
            raise ValueError("mono with 16-bit samples is expected")
        count = file.getnframes()
        samples = struct.unpack(f"<{count}h", file.readframes(count))
    values = []
    for start in range(0, count, window):
        part = [sample / 32768 for sample in samples[start : start + window]]
        values.append(round(math.sqrt(sum(x * x for x in part) / len(part)), 4))
    return values

# test_function_code --------------------

def test_wav_rms():
    import io
    import struct
    import wave

    def wav(samples, channels=1):
        buffer = io.BytesIO()
        with wave.open(buffer, "wb") as file:
            file.setnchannels(channels)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
        return buffer.getvalue()

    print("Testing started.")

    print("Testing case [1/4] started.")
    values = wav_rms(wav([16384, -16384, 8192, 8192]), 2)
    assert values == [0.5, 0.25], f"Test case [1/4] failed: got {values}"

    print("Testing case [2/4] started.")
    values = wav_rms(wav([16384, 0, 0, 0, -32768]), 4)
    assert values == [0.25, 1.0], f"Test case [2/4] failed: got {values}"

    print("Testing case [3/4] started.")
    assert wav_rms(wav([]), 10) == [], "Test case [3/4] failed: a file without samples"
    values = wav_rms(wav([3277, 6554, -9830]), 100)
    assert values == [0.216], f"Test case [3/4] failed: got {values}"

    print("Testing case [4/4] started.")
    try:
        wav_rms(wav([1, 2, 3, 4], channels=2), 2)
        raised = False
    except ValueError:
        raised = True
    assert raised, "Test case [4/4] failed: stereo must raise ValueError"

    print("Testing finished.")

# call_test_function_line --------------------

test_wav_rms()
