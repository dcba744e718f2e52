"""
What a signal that a program sends to itself does. As PID 1 of its namespace the kernel spares it those that it has no
handler for; as an ordinary process it would be gone.
"""

import fcntl
import signal
import struct

from seccomp import KILLS, SIGNAL_ARGUMENT, column

RECEIVE, ANSWER = 0xC0502100, 0xC0182101
# Id, process, flags; then the call's number, architecture, place and arguments.
QUESTION = struct.Struct("=QII iIQ6Q")
REPLY = struct.Struct("=QqiI")
GO_ON = 1
HARMLESS = {signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH}
STOPPING = {signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}


def own_signal(listener: int, read_status: object) -> "int | None":
    """
    Take one question of the filter's: the signal that ends or stops the program, or None where the call may go on as it
    is. `read_status()` is the text of PID 1's /proc/1/status.
    """
    question = bytearray(QUESTION.size)
    try:
        fcntl.ioctl(listener, RECEIVE, question)
        number, arguments = _call(question)
        wanted = arguments[SIGNAL_ARGUMENT[number]] & 0xFF
        if _acts(wanted, read_status()):
            return wanted
        fcntl.ioctl(listener, ANSWER, REPLY.pack(QUESTION.unpack(question)[0], 0, 0, GO_ON))
    except OSError:
        # Whoever asked is gone.
        pass
    return None


def _call(question: bytearray) -> "tuple[str, tuple]":
    _, _, _, number, _, _, *arguments = QUESTION.unpack(question)
    names = {numbers[column()]: name for name, numbers in KILLS.items()}
    return names[number], tuple(arguments)


def _acts(wanted: int, status: bytes) -> bool:
    if wanted == 0 or wanted in HARMLESS or wanted not in signal.valid_signals():
        return False
    if wanted in (signal.SIGKILL, signal.SIGSTOP):
        return True
    masks = dict(line.split(b":\t", 1) for line in status.splitlines() if line.startswith((b"SigBlk", b"SigIgn", b"SigCgt")))
    return not any(int(mask, 16) >> (wanted - 1) & 1 for mask in masks.values())
