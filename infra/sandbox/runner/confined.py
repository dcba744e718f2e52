"""Starts processes that know nothing but the descriptors they are given, and builds their walls."""

import marshal
import os
import resource

import wall
from frames import read_body

# What a process that runs something finds: stdin is empty, stdout and stderr are pipes. Then come the channel to the supervisor,
# where it reads what it is to run, and of an isolated run the wire between candidate and grader.
CHANNEL, WIRE = 3, 4
MOST_DESCRIPTORS = resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def keep_places() -> None:
    """In the fork server, once: no descriptor that it is sent later has a number that a process's are moved to."""
    while (fd := os.open("/dev/null", os.O_RDONLY)) <= WIRE:
        pass
    os.close(fd)


def spawn(fork: object, live: object, descriptors: "list[int]") -> int:
    """
    Fork a process whose descriptors from 1 on are those given, and nothing else; returns its id. Standard input is empty, and its own.
    There it runs `live()`, and ends with that.
    """
    pid = fork()
    if pid != 0:
        return pid
    try:
        place([os.open("/dev/null", os.O_RDONLY), *descriptors], 0)
        close_from(len(descriptors) + 1)
        live()
    finally:
        os._exit(1)


def place(descriptors: "list[int]", first: int) -> None:
    """Copy descriptors to `first` and those after it: none has such a number, see `keep_places`."""
    for target, fd in enumerate(descriptors, first):
        os.dup2(fd, target, inheritable=target < CHANNEL)


def close_from(first: int) -> None:
    """Close every descriptor from this on."""
    os.closerange(first, MOST_DESCRIPTORS)


def read_job() -> dict:
    """What this process is to run."""
    return marshal.loads(read_body(CHANNEL))


def build_room_walls(limits: dict, seccomp: object, ids: "tuple[int, int]") -> "list[int]":
    """
    Inside new namespaces already: the last steps before programs may run here. `ids` are the user and group outside. Gives the
    namespace's /proc and the filter's questions.
    """
    wall.settle(*ids)
    wall.mount_private(limits["tmpBytes"])
    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    wall.drop_privileges()
    wall.set_limits(limits)
    return [proc, seccomp.apply()]


def build_grader_walls(limits: dict, seccomp: object) -> None:
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
