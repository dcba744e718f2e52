"""
What a program asks the supervisor before a call of its own goes on. By a signal to itself: as PID 1 of its namespace the kernel
spares it those that it has no handler for; as an ordinary process it would be gone. By a socket that could leave traces in
the network namespace: the next program is to have another.
"""

import fcntl
import signal
import struct
import typing

from seccomp import INTERNET_FAMILIES, KILLS, SIGNAL_ARGUMENT, SOCKET, column

RECEIVE, ANSWER = 0xC0502100, 0xC0182101
# Id, process, flags; then the call's number, architecture, place and arguments.
QUESTION = struct.Struct("=QII iIQ6Q")
REPLY = struct.Struct("=QqiI")
GO_ON = 1
HARMLESS = {signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH}
STOPPING = {signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}


class Asked(typing.NamedTuple):
    """What a question comes to: a signal that ends or stops the program, or None where the call goes on as it is."""

    signal: "int | None" = None
    opens_socket: bool = False
    # The socket is one by which the internet would be reached: names are looked up by such a one as well.
    wants_network: bool = False


def hear_question(listener: int, read_status: object) -> Asked:
    """Take one question of the filter's, and answer it. `read_status()` is the text of PID 1's /proc/1/status."""
    question = bytearray(QUESTION.size)
    asked = Asked()
    try:
        fcntl.ioctl(listener, RECEIVE, question)
        ident, _, _, number, _, _, *arguments = QUESTION.unpack(question)
        asked = _judge(number, arguments, read_status)
        if asked.signal is None:
            fcntl.ioctl(listener, ANSWER, REPLY.pack(ident, 0, 0, GO_ON))
    except OSError:
        # Whoever asked is gone.
        pass
    return asked


def _judge(number: int, arguments: "list[int]", read_status: object) -> Asked:
    if number == SOCKET[column()]:
        return Asked(opens_socket=True, wants_network=arguments[0] & 0xFFFFFFFF in INTERNET_FAMILIES)
    name = next(name for name, numbers in KILLS.items() if numbers[column()] == number)
    wanted = arguments[SIGNAL_ARGUMENT[name]] & 0xFF
    return Asked(wanted if _acts(wanted, read_status()) else None)


def _acts(wanted: int, status: bytes) -> bool:
    if wanted == 0 or wanted in HARMLESS or wanted not in signal.valid_signals():
        return False
    if wanted in (signal.SIGKILL, signal.SIGSTOP):
        return True
    masks = dict(line.split(b":\t", 1) for line in status.splitlines() if line.startswith((b"SigBlk", b"SigIgn", b"SigCgt")))
    return not any(int(mask, 16) >> (wanted - 1) & 1 for mask in masks.values())
