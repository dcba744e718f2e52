"""Messages between processes: a 4-byte length (big endian), then the body; to and from the host that is JSON in UTF-8."""

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


def read_frame(fd: int) -> object:
    """The next message as JSON; None at the end."""
    body = read_body(fd)
    return None if body is None else json.loads(body)


def read_body(fd: int) -> "bytearray | None":
    """The next message of a descriptor, and not a byte more. None at the end."""
    header = _read_exactly(fd, 4)
    if header is None:
        return None
    size = int.from_bytes(header, "big")
    if size > MAX_FRAME:
        raise ValueError(f"a frame of {size} bytes is beyond the limit of {MAX_FRAME}")
    return _read_exactly(fd, size)


def _read_exactly(fd: int, size: int) -> "bytearray | None":
    data = bytearray()
    while len(data) < size:
        part = os.read(fd, size - len(data))
        if not part:
            return None
        data += part
    return data
