"""Output of a program: always drained, head and tail kept, the middle dropped."""

import codecs
from collections import deque


class Capture:
    """Keeps the first and the last half of `limit` bytes of a stream."""

    def __init__(self, limit: int) -> None:
        self.bytes = 0
        self._head = bytearray()
        self._head_limit = limit - limit // 2
        self._tail: "deque[bytes]" = deque()
        self._tail_limit = limit // 2
        self._tail_bytes = 0

    def add(self, data: bytes) -> None:
        """Take bytes that the program wrote."""
        self.bytes += len(data)
        room = self._head_limit - len(self._head)
        if room > 0:
            self._head += data[:room]
            data = data[room:]
        if not data:
            return
        self._tail.append(data)
        self._tail_bytes += len(data)
        while self._tail_bytes - len(self._tail[0]) >= self._tail_limit:
            self._tail_bytes -= len(self._tail.popleft())

    def output(self) -> dict:
        """The `Output` of a test report; bytes that are not UTF-8 become U+FFFD."""
        tail = b"".join(self._tail)
        dropped = self.bytes - len(self._head) - min(len(tail), self._tail_limit)
        if dropped == 0:
            text = (bytes(self._head) + tail).decode("utf-8", "replace")
            return {"text": text, "bytes": self.bytes, "truncated": False}
        tail = tail[len(tail) - self._tail_limit :]
        text = f"{_cut_end(self._head)}\n[... {dropped} bytes dropped ...]\n{_cut_start(tail)}"
        return {"text": text, "bytes": self.bytes, "truncated": True}


def _cut_end(data: bytes) -> str:
    """Decode without the part of a character that the cut left at the end."""
    return codecs.getincrementaldecoder("utf-8")("replace").decode(bytes(data), False)


def _cut_start(data: bytes) -> str:
    """Decode without the part of a character that the cut left at the start."""
    skip = 0
    while skip < min(3, len(data)) and data[skip] & 0xC0 == 0x80:
        skip += 1
    return data[skip:].decode("utf-8", "replace")
