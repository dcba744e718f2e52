"""Supervises one program from outside its namespace: starts it, drains it, holds it to its limits, reports on it."""

import functools
import os
import resource
import secrets
import selectors
import signal
import socket
import time
import typing

import isolated
import wall
from census import Census
from confined import WIRE, build_grader_walls, build_program_walls, spawn
from ending import end_of_run, exit_code
from frames import encode, read_frame, write_all
from grade import grade
from ledger import Ledger
from seccomp import Filters
from serve import serve
from streams import Capture

TICK_SECONDS = 0.05
CHUNK = 1 << 16
# A program that writes this many times what is kept is ended.
FLOOD = 64
# How long a candidate that has cut its wire may take to end.
CUT_SECONDS = 0.5
Usage = resource.struct_rusage
# Precedes the answer: the fork server may read its own messages again.
TAKEN = b"+"


class Descriptors(typing.NamedTuple):
    """Where the job's texts come from, what closes when it is cancelled, where the answer goes."""

    inbox: int
    cancel: int
    report: int


def supervise(job: dict, filters: Filters, descriptors: Descriptors) -> None:
    """
    Read the job's program and test, say so with TAKEN, run them and write what came of it: see `Supervision.run`, or
    `broken` where a wall could not be made.
    """
    try:
        job["program"] = read_frame(descriptors.inbox)
        if job["grading"] == "in-process":
            job["test"] = read_frame(descriptors.inbox)
            write_all(descriptors.report, TAKEN)
        answer = Supervision(job, descriptors).run(filters)
    except (wall.WallError, OSError) as error:
        answer = {"kind": "broken", "message": str(error)}
    write_all(descriptors.report, encode({"id": job["id"], **answer}))


class Supervision:
    """
    One run. It ends with the closing message, with the program, with a limit passed, or when it is cancelled. In one
    process candidate and test share all; isolated, a grader outside of the candidate's namespaces runs the test.
    """

    def __init__(self, job: dict, descriptors: Descriptors) -> None:
        self.job = job
        self.descriptors = descriptors
        self.limits = job["limits"]
        self.ledger = Ledger(job, secrets.token_hex(16), self._taken if job["grading"] == "isolated" else None)
        # What the candidate's own process says: isolated, no more than that its walls stand.
        self.candidate = self.ledger
        self.grader: "int | None" = None
        self.census = Census()
        self.stdout = Capture(self.limits["outputBytes"])
        self.stderr = Capture(self.limits["outputBytes"])
        self.stopped: "str | None" = None
        self._is_cancelled = False
        self._is_gone = False
        self._is_grader_gone = False
        self._selector = selectors.DefaultSelector()
        self._selector.register(descriptors.cancel, selectors.EVENT_READ, self._cancel)

    def run(self, filters: Filters) -> dict:
        """The answer to the job once nothing of the program is left: a report, `cancelled` or `broken`."""
        outputs = [self._pipe(self.stdout.add), self._pipe(self.stderr.add)]
        wire = self._start_grader(filters, outputs) if self.job["grading"] == "isolated" else []
        wall.enter_namespaces()
        self.init = wall.spawn_init()
        self.started = time.monotonic()
        try:
            program = self._start_program(filters, outputs, wire)
            self._watch()
        finally:
            os.kill(self.init, signal.SIGKILL)
        # In this order: the namespace's end waits for its last process to be waited for.
        _, status, usage = os.wait4(program, 0)
        _, _, orphans = os.wait4(self.init, 0)
        grader_status = self._end_grader()
        while self._drain():
            pass
        return self._answer(status, usage, orphans, grader_status)

    def _answer(self, status: int, usage: Usage, orphans: Usage, grader_status: "int | None") -> dict:
        if self._is_cancelled:
            return {"kind": "cancelled"}
        for ledger in (self.candidate, self.ledger):
            if not ledger.is_up:
                return {"kind": "broken", "message": ledger.broken or f"a process died behind its walls (status {status})"}
        return {"kind": "report", "report": self._report(status, usage, orphans, grader_status)}

    def _start_grader(self, filters: Filters, outputs: "list[int]") -> "list[int]":
        """Before this process enters the candidate's namespaces. Returns the candidate's end of the wire."""
        grader_end, candidate_end = (end.detach() for end in socket.socketpair())
        channel = self._pipe(self.ledger.add)
        body = functools.partial(isolated.grade, self.job, wire=WIRE)
        walls = functools.partial(build_grader_walls, self.limits, filters.grader)
        self.grader = spawn(body, walls, self.ledger.nonce, [*outputs, channel, grader_end, self.descriptors.inbox])
        os.close(channel)
        os.close(grader_end)
        self._selector.register(os.pidfd_open(self.grader), selectors.EVENT_READ, self._grader_gone)
        self.candidate = Ledger(self.job, secrets.token_hex(16))
        return [candidate_end]

    def _start_program(self, filters: Filters, outputs: "list[int]", wire: "list[int]") -> int:
        channel = self._pipe(self.candidate.add)
        body = functools.partial(serve, self.job["program"]) if wire else functools.partial(grade, self.job)
        walls = functools.partial(build_program_walls, self.limits, filters.program)
        program = spawn(body, walls, self.candidate.nonce, [*outputs, channel, *wire])
        for fd in (*outputs, channel, *wire):
            os.close(fd)
        self._selector.register(os.pidfd_open(program), selectors.EVENT_READ, self._gone)
        return program

    def _end_grader(self) -> "int | None":
        if self.grader is None:
            return None
        os.kill(self.grader, signal.SIGKILL)
        return os.waitpid(self.grader, 0)[1]

    def _pipe(self, take: object) -> int:
        """A pipe that is drained into `take`; its end for writing."""
        read, write = os.pipe()
        os.set_blocking(read, False)
        self._selector.register(read, selectors.EVENT_READ, lambda fd: self._read(fd, take))
        return write

    @property
    def _is_over(self) -> bool:
        """A candidate that has gone may have answered all that its grader wants to know."""
        has_ended = self._is_gone if self.grader is None else self._is_grader_gone
        return bool(self.stopped or self._is_cancelled or self.ledger.is_closed or has_ended)

    def _watch(self) -> None:
        deadline = self.started + self.limits["wallSeconds"]
        next_tick = self.started + TICK_SECONDS
        while not self._is_over:
            for key, _ in self._selector.select(max(0.0, min(next_tick, deadline) - time.monotonic())):
                key.data(key.fd)
            now = time.monotonic()
            if now >= next_tick:
                next_tick = now + TICK_SECONDS
                self._check_use()
            if now >= deadline and not self.stopped:
                self.stopped = "wall-time"
        if self.ledger.end == "gone":
            # The wire is cut a moment before the process is known to have ended.
            self._await_end(time.monotonic() + CUT_SECONDS)
        # What a program leaves at a bad end, such as the failed fork() of a bomb, is counted before it is killed.
        if self._is_gone or self.ledger.end != "ok":
            self._drain()
            self._check_use()

    def _await_end(self, deadline: float) -> None:
        while not self._is_gone and (left := deadline - time.monotonic()) > 0:
            for key, _ in self._selector.select(left):
                key.data(key.fd)

    def _check_use(self) -> None:
        if not self.candidate.is_up or self.stopped:
            return
        resident = self.census.take(self.limits["memoryBytes"])
        if self.census.tasks > self.limits["processes"]:
            self.stopped = "processes"
        elif resident > self.limits["memoryBytes"]:
            self.stopped = "memory"
        elif self.census.cpu_seconds > self.limits["cpuSeconds"]:
            self.stopped = "cpu-time"

    def _read(self, fd: int, take: object) -> bool:
        """Read once; False when there is nothing more."""
        try:
            data = os.read(fd, CHUNK)
        except BlockingIOError:
            return False
        if not data:
            self._selector.unregister(fd)
            return False
        take(data)
        if max(self.stdout.bytes, self.stderr.bytes) > FLOOD * self.limits["outputBytes"] and not self.stopped:
            self.stopped = "output"
        return True

    def _drain(self) -> bool:
        """Take what the pipes hold now, for more than a chunk in several rounds; False if that was nothing."""
        events = (self._cancel, self._gone, self._grader_gone)
        pipes = [key for key in self._selector.get_map().values() if key.data not in events]
        return any([key.data(key.fd) for key in pipes])

    def _taken(self) -> None:
        """The grader has read its test."""
        write_all(self.descriptors.report, TAKEN)

    def _cancel(self, fd: int) -> None:
        self._is_cancelled = True

    def _gone(self, fd: int) -> None:
        self._is_gone = True
        self._selector.unregister(fd)
        if self.grader is not None:
            # Whatever it has forked holds the wire open, and the grader waits.
            os.kill(self.init, signal.SIGKILL)

    def _grader_gone(self, fd: int) -> None:
        self._is_grader_gone = True
        self._selector.unregister(fd)

    def _report(self, status: int, usage: Usage, orphans: Usage, grader_status: "int | None") -> dict:
        wall_seconds = time.monotonic() - self.started
        waited = usage.ru_utime + usage.ru_stime + orphans.ru_utime + orphans.ru_stime
        cpu_seconds = max(waited, self.census.cpu_seconds)
        is_over_cpu = cpu_seconds > self.limits["cpuSeconds"]
        end = self.stopped or end_of_run(self.ledger.end, status if self._is_gone else None, grader_status, is_over_cpu)
        return {
            **self.ledger.facts(end),
            "exitCode": self.ledger.exit_code if self.ledger.end == end else exit_code(end, status),
            "signal": os.WTERMSIG(status) if end == "signal" else None,
            "stdout": self.stdout.output(),
            "stderr": self.stderr.output(),
            "wallMs": round(wall_seconds * 1000, 3),
            "cpuMs": round(cpu_seconds * 1000, 3),
            "peakMemoryBytes": max(self.census.peak_bytes, usage.ru_maxrss * 1024),
        }
