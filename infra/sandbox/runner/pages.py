"""Makes a large fork server cheap to fork."""

import ctypes

from memory import sizes
from wall import libc

MADV_COLLAPSE = 25
HUGE = 2 << 20
# A server with less anonymous memory than this is copied as fast page by page: nearly every huge page of it would be split again.
LEAST = 64 << 20


def collapse() -> None:
    """
    Have the kernel keep this process's memory in huge pages: a fork copies, and an exit lets go of, one entry for each in
    place of 512. Where it can't (before Linux 6.1, or for want of memory) forks are slower, no more.
    """
    now = sizes()
    if now.resident - now.shared < LEAST:
        return
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
        areas = [area for area in map(_anonymous, maps) if area is not None]
    for start, end in areas:
        first, last = -(-start // HUGE) * HUGE, end // HUGE * HUGE
        if last > first:
            libc.madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), MADV_COLLAPSE)


def _anonymous(line: str) -> "tuple[int, int] | None":
    """The addresses of a mapping that is private, can be written to and is of no file."""
    where, mode, _, _, inode = line.split(maxsplit=5)[:5]
    if not mode.startswith("rw") or not mode.endswith("p") or inode != "0":
        return None
    start, end = (int(part, 16) for part in where.split("-"))
    return start, end
