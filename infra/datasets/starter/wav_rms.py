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
    """Loudness of a WAV recording, given as the bytes of a mono file with 16-bit samples.

    The samples, each divided by 32768, are cut into windows of `window` samples without overlap; the
    last one may be shorter. Returns the root mean square of each window: the square root of the mean
    of its squared samples.

    >>> buffer = io.BytesIO()
    >>> with wave.open(buffer, "wb") as file:
    ...     file.setparams((1, 2, 8000, 0, "NONE", ""))
    ...     file.writeframes(struct.pack("<3h", 16384, -16384, 0))
    >>> wav_rms(buffer.getvalue(), 2)
    [0.5, 0.0]
    """
    with wave.open(io.BytesIO(data)) as file:
        count = file.getnframes()
        samples = struct.unpack(f"<{count}h", file.readframes(count))
    windows = [samples[start : start + window] for start in range(0, count, window)]
    return [math.sqrt(sum((x / 32768) ** 2 for x in part) / len(part)) for part in windows]

# test_function_code --------------------

def test_wav_rms():
    import io
    import struct
    import wave

    def check(samples, window, expected, case):
        buffer = io.BytesIO()
        with wave.open(buffer, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
        values = wav_rms(buffer.getvalue(), window)
        fits = len(values) == len(expected) and all(abs(a - b) < 1e-9 for a, b in zip(values, expected))
        assert fits, f"Test case {case} failed: got {values}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([16384, -16384, 8192, 8192], 2, [0.5, 0.25], "[1/3]")

    print("Testing case [2/3] started.")
    check([16384, 0, 0, 0, -32768], 4, [0.25, 1.0], "[2/3]")
    check([16384, 16384], 100, [0.5], "[2/3]")

    print("Testing case [3/3] started.")
    check([], 10, [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_wav_rms()
