"""In the fork server: starts the processes of a run, and buries them."""

import functools
import os
import signal
import typing

import isolated
import wall
from confined import build_grader_walls, build_program_walls, spawn
from grade import grade
from seccomp import Filters
from serve import serve


class Launched(typing.NamedTuple):
    """The processes that were started for a run: a run in one process has no grader, another may have one that was there before."""

    program: int
    grader: "int | None"


def launch(order: dict, ends: "list[int]", filters: Filters) -> Launched:
    """
    Start the run's processes with these descriptors: both output streams and the program's channel; for a new grader its
    channel and its end of the wire; isolated, the candidate's end of the wire. Raises WallError if that can't be done; then nothing is left.
    """
    stdout, stderr, channel, *more = ends
    limits, nonces = order["limits"], order["nonces"]
    grader = None
    body, descriptors = grade, [stdout, stderr, channel]
    if order["grader"] is not None:
        body, descriptors = serve, [*descriptors, more.pop()]
    if order["grader"] == "new":
        grader_channel, wire = more
        walls = functools.partial(build_grader_walls, limits, filters.grader)
        grader = spawn(wall.fork, walls, isolated.grade, nonces[1], [stdout, stderr, grader_channel, wire])
    walls = functools.partial(build_program_walls, limits, filters.program, (os.getuid(), os.getgid()))
    try:
        return Launched(spawn(wall.fork_apart, walls, body, nonces[0], descriptors), grader)
    except (wall.WallError, OSError):
        if grader is not None:
            os.kill(grader, signal.SIGKILL)
            os.waitpid(grader, 0)
        raise


def bury(program: int, grader: "int | None") -> dict:
    """Wait for the run's processes, which have been killed, or for the program alone; what the supervisor reports of how they ended."""
    grader_status = None if grader is None else os.waitpid(grader, 0)[1]
    _, status, usage = os.wait4(program, 0)
    seconds = usage.ru_utime + usage.ru_stime
    return {"status": status, "cpuSeconds": seconds, "peakBytes": usage.ru_maxrss * 1024, "graderStatus": grader_status}
