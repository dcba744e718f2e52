"""In the fork server: starts rooms and graders."""

import functools
import os

import isolated
import wall
from confined import CHANNEL, build_grader_walls, read_job, spawn
from evidence import Evidence
from forks import fork, fork_apart
from keeper import keep
from seccomp import Filters


def launch(order: dict, ends: "list[int]", filters: Filters) -> int:
    """
    Start what is ordered with these descriptors; the id of its process. A room gets its link to the supervisor; a grader both output
    streams, its channel and its end of the wire. Raises WallError if that can't be done; then nothing is left.
    """
    if order["kind"] == "room":
        if order["network"]:
            wall.renew_network()
        live = functools.partial(keep, order["limits"], filters.program, (os.getuid(), os.getgid()))
        return spawn(fork_apart, live, ends)
    return spawn(fork, functools.partial(_grade, order["limits"], filters.grader, order["nonce"]), ends)


def _grade(limits: dict, seccomp: object, nonce: str) -> None:
    evidence = Evidence(CHANNEL, nonce)
    try:
        build_grader_walls(limits, seccomp)
    except (wall.WallError, OSError, ValueError) as error:
        evidence.send("broken", message=str(error))
        return
    evidence.send("up")
    isolated.grade(read_job(), evidence)
