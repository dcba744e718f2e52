import io
import math
import struct
import wave


def wav_rms(data: bytes, window: int) -> list[float]:
    with wave.open(io.BytesIO(data)) as file:
        if file.getnchannels() != 1 or file.getsampwidth() != 2:
            raise ValueError("mono with 16-bit samples is expected")
        count = file.getnframes()
        samples = struct.unpack(f"<{count}h", file.readframes(count))
    values = []
    for start in range(0, count - window + 1, window):
        part = [sample / 32768 for sample in samples[start : start + window]]
        values.append(round(math.sqrt(sum(x * x for x in part) / window), 4))
    return values
