import io
import math
import struct
import wave


def wav_rms(data: bytes, window: int) -> list[float]:
    with wave.open(io.BytesIO(data)) as file:
        count = file.getnframes()
        samples = struct.unpack(f"<{count}h", file.readframes(count))
    values = []
    for start in range(0, count, window):
        part = [sample / 32768 for sample in samples[start : start + window]]
        values.append(math.sqrt(sum(x * x for x in part) / window))
    return values
