"""In the fork server: starts the processes of a run and hands their ends to the supervisor."""

import functools
import json
import os
import socket
import typing

import isolated
import wall
from confined import build_grader_walls, build_program_walls, spawn
from grade import grade
from seccomp import Filters
from serve import serve


class Launched(typing.NamedTuple):
    """The processes of a run; a run in one process has no grader."""

    program: int
    grader: "int | None"


def launch(job: dict, filters: Filters, inbox: int, supervisor: socket.socket) -> Launched:
    """
    Start the run: its processes read program and test from the inbox themselves, since a process that programs are
    forked from must never hold them. The supervisor gets what it watches, in the order of `supervise.Supervision`.
    """
    nonces = [os.urandom(16).hex(), os.urandom(16).hex()]
    outputs = [os.pipe(), os.pipe()]
    ends = [read for read, _ in outputs]
    writers = [write for _, write in outputs]
    extra: "list[int]" = []
    grader = None
    try:
        if job["grading"] == "isolated":
            grader, channel, extra = _start_grader(job, filters, nonces[1], writers, inbox)
            ends += [channel, os.pidfd_open(grader)]
        program, channel = _start_program(job, filters, nonces[0], [*writers, inbox, *extra])
        ends += [channel, os.pidfd_open(program)]
        facts = {name: job[name] for name in ("id", "grading", "limits", "cases")}
        socket.send_fds(supervisor, [json.dumps({**facts, "nonces": nonces}).encode("ascii")], ends)
    finally:
        for fd in (*ends, *writers, *extra):
            os.close(fd)
    return Launched(program, grader)


def _start_grader(
    job: dict, filters: Filters, nonce: str, writers: "list[int]", inbox: int
) -> "tuple[int, int, list[int]]":
    """The grader, the supervisor's end of its channel, and the candidate's ends: the wire, and its turn to read."""
    mine, channel = _pair()
    wire, candidate_wire = _pair()
    turn, pass_on = os.pipe()
    walls = functools.partial(build_grader_walls, job["limits"], filters.grader)
    body = functools.partial(isolated.grade, job)
    grader = spawn(wall.fork, walls, body, nonce, [*writers, channel, inbox, wire, pass_on])
    for fd in (channel, wire, pass_on):
        os.close(fd)
    return grader, mine, [candidate_wire, turn]


def _start_program(job: dict, filters: Filters, nonce: str, descriptors: "list[int]") -> "tuple[int, int]":
    mine, channel = _pair()
    walls = functools.partial(build_program_walls, job["limits"], filters.program, (os.getuid(), os.getgid()))
    body = serve if job["grading"] == "isolated" else functools.partial(grade, job)
    stdout, stderr, *rest = descriptors
    program = spawn(wall.fork_apart, walls, body, nonce, [stdout, stderr, channel, *rest])
    os.close(channel)
    return program, mine


def _pair() -> "tuple[int, int]":
    one, other = socket.socketpair()
    return one.detach(), other.detach()
