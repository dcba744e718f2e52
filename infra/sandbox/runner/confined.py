"""Starts the processes that a run is made of: each goes behind its wall first, and says so, or says what is broken."""

import marshal
import os
import resource
import socket

import wall
from evidence import Evidence
from frames import read_body

# stdin is empty, stdout and stderr are pipes. Then come the channel to the supervisor, where a process reads what it is to
# run, and of an isolated run the wire between candidate and grader.
CHANNEL, WIRE = 3, 4
MOST_DESCRIPTORS = resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def keep_places() -> None:
    """In the fork server, once: no descriptor that it is sent later has a number that a program's are moved to."""
    while (fd := os.open("/dev/null", os.O_RDONLY)) <= WIRE:
        pass
    os.close(fd)


def spawn(fork: object, build_walls: object, body: object, nonce: str, descriptors: "list[int]") -> int:
    """
    Fork a process whose descriptors from 1 on are those given, and nothing else; returns its id. There it runs
    `build_walls()`, which gives descriptors for the supervisor, then `body(assignment, evidence)`, which does not return.
    """
    pid = fork()
    if pid != 0:
        return pid
    try:
        _take(descriptors)
        evidence = Evidence(CHANNEL, nonce)
        try:
            handed = build_walls()
        except (wall.WallError, OSError, ValueError) as error:
            evidence.send("broken", message=str(error))
            os._exit(1)
        _say_up(evidence, handed)
        body(marshal.loads(read_body(CHANNEL)), evidence)
    finally:
        os._exit(1)


def build_program_walls(limits: dict, seccomp: object, ids: "tuple[int, int]") -> "list[int]":
    """
    Inside new namespaces already: the last steps before a program may run. `ids` are the user and group outside. Gives the
    namespace's /proc and the filter's questions.
    """
    wall.settle(*ids)
    os.setsid()
    wall.mount_private(limits["tmpBytes"])
    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    wall.drop_privileges()
    wall.set_limits(limits)
    return [proc, seccomp.apply()]


def build_grader_walls(limits: dict, seccomp: object) -> "list[int]":
    """
    A grader runs tests that are trusted, on values that are not. It is where the candidate can't see it, in another pid
    namespace, may start no process, and so leaves none.
    """
    wall.die_with_parent()
    wall.enter_namespaces()
    wall.mount_private(limits["tmpBytes"], with_proc=False)
    wall.drop_privileges()
    wall.set_limits(limits)
    seccomp.apply()
    return []


def _say_up(evidence: Evidence, handed: "list[int]") -> None:
    """The walls stand. With it goes what is handed over, before there is a program that could hide from it."""
    if not handed:
        evidence.send("up")
        return
    # Told what it is, it is not asked for it.
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, CHANNEL)
    socket.send_fds(channel, [evidence.line("up")], handed)
    channel.detach()
    for fd in handed:
        os.close(fd)


def _take(descriptors: "list[int]") -> None:
    """Move descriptors to 1, 2, ...: none has such a number, see `keep_places`. Standard input is empty, and the process's own."""
    for target, source in enumerate((os.open("/dev/null", os.O_RDONLY), *descriptors)):
        os.dup2(source, target, inheritable=target < CHANNEL)
    os.closerange(len(descriptors) + 1, MOST_DESCRIPTORS)
