"""
The keeper of a room. A room is a set of namespaces with a file system of their own, in which programs run, one after another, as
long as none has left anything in it. Its keeper is PID 1 there: it forks each program and ends what that has started.
"""

import contextlib
import fcntl
import gc
import marshal
import os
import signal
import socket

import wall
from confined import CHANNEL, WIRE, build_room_walls, close_from, place, read_job
from evidence import Evidence
from forks import fork_plain
from grade import grade
from link import LONGEST, MOST_ENDS
from serve import serve

FOLDERS = ("/tmp", "/tmp/shm", wall.WORK)
# Also what was forked in ways of its own is waited for.
WALL_CLONES = 0x40000000


def keep(limits: dict, seccomp: object, ids: "tuple[int, int]") -> None:
    """
    Build the walls, say so on the link that descriptor 1 is, and run programs until the supervisor is gone. Nothing of a program is ever in
    this process, which the next one is a copy of: it hands on descriptors, and reads none of them.
    """
    link = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, WIRE + 1))
    place([0] * WIRE, 1)
    try:
        handed = build_room_walls(limits, seccomp, ids)
    except (wall.WallError, OSError, ValueError) as error:
        link.send(marshal.dumps(str(error)))
        return
    wall.hide()
    # PID 1 is spared what programs send it, but for signals that it has a handler for.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _answer(link, handed)
    empty = _look()
    gc.freeze()
    while True:
        program = _start_next(link)
        # Over, says the supervisor.
        link.recv(1) or os._exit(0)
        link.send(marshal.dumps({**_clear(program), "isUntouched": _look() == empty and not _is_writable()}))


def _start_next(link: socket.socket) -> int:
    """Fork the next program and hand over a pidfd of it; its id."""
    message, ends, _, _ = socket.recv_fds(link, LONGEST, MOST_ENDS)
    if not message:
        os._exit(0)
    order = marshal.loads(message)
    place(ends, 1)
    for fd in ends:
        os.close(fd)
    try:
        program = fork_plain()
    except wall.WallError as error:
        link.send(marshal.dumps(str(error)))
        os._exit(1)
    if program == 0:
        _become_program(order, len(ends))
    place([0] * len(ends), 1)
    _answer(link, [os.pidfd_open(program)])
    return program


def _become_program(order: dict, descriptors: int) -> None:
    """In the program's process: let go of what is the keeper's, then run what the channel brings. Never returns."""
    try:
        close_from(descriptors + 1)
        os.setsid()
        wall.show()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        (serve if order["isIsolated"] else grade)(read_job(), Evidence(CHANNEL, order["nonce"]))
    finally:
        os._exit(1)


def _clear(program: int) -> dict:
    """End all that runs here; how the program ended, and what it and all that it started have used."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    seconds, found = 0.0, {}
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status, usage = os.wait4(-1, WALL_CLONES)
            seconds += usage.ru_utime + usage.ru_stime
            if pid == program:
                found = {"status": status, "peakBytes": usage.ru_maxrss * 1024}
    return {**found, "cpuSeconds": seconds}


def _answer(link: socket.socket, handed: "list[int]") -> None:
    socket.send_fds(link, [marshal.dumps(None)], handed)
    for fd in handed:
        os.close(fd)


def _look() -> tuple:
    """What changes with anything that a program leaves in the only place that it may write to."""
    room = os.statvfs("/tmp")
    return (room.f_bfree, room.f_ffree, *map(_look_at, FOLDERS))


def _look_at(folder: str) -> tuple:
    found = os.stat(folder)
    return (*found[:7], found.st_mtime_ns, found.st_ctime_ns, *os.listxattr(folder))


def _is_writable() -> bool:
    """A program with a GPU may write to /proc as well."""
    return "CUDA_VISIBLE_DEVICES" in os.environ
