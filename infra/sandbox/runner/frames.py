"""Messages between the fork server and whoever started it: a 4-byte length (big endian), then JSON in UTF-8."""

import json
import os

MAX_FRAME = 64 * 1024 * 1024


def write_all(fd: int, data: bytes) -> None:
    """Write every byte; a pipe may take them in parts."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def write_frame(fd: int, body: bytes) -> None:
    """Send a message that is encoded already."""
    write_all(fd, len(body).to_bytes(4, "big") + body)


def encode(message: dict) -> bytes:
    """A message as JSON; plain ASCII, so that lone surrogates survive the way."""
    return json.dumps(message).encode("ascii")


class Inbox:
    """Frames that arrive on a descriptor, which is read only when the caller knows it to be ready."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._buffer = bytearray()

    def fill(self) -> bool:
        """Read what is there, blocking if that is nothing; False at the end of the stream."""
        data = os.read(self.fd, 1 << 20)
        self._buffer += data
        return bool(data)

    def pop(self) -> "dict | None":
        """The next whole message, or None if it has not arrived yet."""
        if len(self._buffer) < 4:
            return None
        size = int.from_bytes(self._buffer[:4], "big")
        if size > MAX_FRAME:
            raise ValueError(f"a frame of {size} bytes is beyond the limit of {MAX_FRAME}")
        if len(self._buffer) < 4 + size:
            return None
        message = json.loads(self._buffer[4 : 4 + size])
        del self._buffer[: 4 + size]
        return message
