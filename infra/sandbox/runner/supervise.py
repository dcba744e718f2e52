"""Supervises a run from outside its namespaces: drains it, holds it to its limits, reports on it."""

import os
import select
import time

from cases import CaseLog
from census import Census
from ending import end_of_run, exit_code
from frames import read_frame
from ledger import Ledger
from order import Run
from questions import hear_question
from streams import Capture

TICK_SECONDS = 0.05
CHUNK = 1 << 16
# A program that writes this many times what is kept is ended.
FLOOD = 64
# How long a candidate that has cut its wire may take to end.
CUT_SECONDS = 0.5

class Supervision:
    """
    One run. It ends with the closing message, with the program, with a limit passed, or when it is cancelled. In one
    process candidate and test share all; isolated, a grader outside of the candidate's room runs the test.
    """

    def __init__(self, job: dict, started: Run, inbox: int, bury: object) -> None:
        self.job = job
        self.limits = job["limits"]
        self.started = time.monotonic()
        self.room, self.grader = started.room, started.grader
        # Ends a grader, and gives its status.
        self._bury = bury
        # Whether they are there for the next run: known once this one is over.
        self.room_stays = self.grader_stays = False
        # Isolated, the candidate's own process says nothing: nothing of it is in the grader's.
        self.candidate, grader = (
            Ledger(nonce, _planned(job["cases"], started.plan), is_up) for nonce, is_up in zip(started.nonces, (True, False))
        )
        self.ledger = self.candidate if self.grader is None else grader
        self.census = Census(self.room.proc)
        self.stdout = Capture(self.limits["outputBytes"])
        self.stderr = Capture(self.limits["outputBytes"])
        self.stopped: "str | None" = None
        self.has_network = False
        self._wants_network = False
        self._leaves_something = False
        self._is_cancelled = False
        self._is_gone = False
        self._is_grader_gone = False
        # Few descriptors, and not for long: to have the kernel keep a list of them would cost more calls than it spares.
        self._poll = select.poll()
        self._acts: "dict[int, object]" = {}
        self._watch_ends(started, inbox)

    def _watch_ends(self, started: Run, inbox: int) -> None:
        self._watch_for(inbox, self._hear)
        for fd, take in ((started.stdout, self.stdout.add), (started.stderr, self.stderr.add)):
            self._watch_for(fd, lambda fd, take=take: self._read(fd, os.read, take))
        self._watch_for(started.channel.fileno(), lambda fd: self._read(fd, os.read, self.candidate.add))
        self._watch_for(started.program, self._gone)
        self._watch_for(self.room.listener, self._question)
        if self.grader is not None:
            self._watch_for(self.grader.channel.fileno(), lambda fd: self._read(fd, os.read, self.ledger.add))
            self._watch_for(self.grader.process, self._grader_gone)

    def _watch_for(self, fd: int, act: object) -> None:
        """Call `act(fd)` when there is something to read, or the other end has gone."""
        self._poll.register(fd, select.POLLIN)
        self._acts[fd] = act

    def _forget(self, fd: "int | None") -> None:
        if self._acts.pop(fd, None) is not None:
            self._poll.unregister(fd)

    def _act(self, seconds: float) -> None:
        """Wait at most so long, and do what there is to do."""
        for fd, _ in self._poll.poll(max(0.0, seconds) * 1000):
            # One before it may have ended what this was about.
            act = self._acts.get(fd)
            if act is not None:
                act(fd)

    def run(self) -> dict:
        """The answer to the job once nothing of the program is left: a report, `cancelled` or `broken`."""
        self._watch()
        wall_seconds = time.monotonic() - self.started
        ended = self._end()
        while self._drain():
            pass
        return self._answer(ended, wall_seconds)

    def _end(self) -> dict:
        """End what has not ended yet, but a grader that is as good as new; how the processes ended."""
        is_quiet = not (self.stopped or self._is_cancelled or self._leaves_something)
        # The grader first, so that its test does not go on without a candidate.
        grader_status, test_seconds = (None, 0.0) if self.grader is None else self._end_grader(is_quiet)
        ended = self.room.over()
        self.room_stays = is_quiet and ended["isUntouched"]
        return {**ended, "graderStatus": grader_status, "testSeconds": test_seconds}

    def _end_grader(self, is_quiet: bool) -> "tuple[int | None, float]":
        """Its status, None if it stays for the next run; and the processor time that this one's test took of it."""
        before = self.grader.cpu_seconds
        self.grader_stays = is_quiet and not self._is_grader_gone and self.ledger.goes_on
        if self.grader_stays:
            self.grader.cpu_seconds = self.ledger.cpu_seconds
        status = None if self.grader_stays else self._bury(self.grader)
        # It rounds what it tells of itself.
        return status, max(0.0, self.grader.cpu_seconds - before)

    def _answer(self, ended: dict, wall_seconds: float) -> dict:
        if self._is_cancelled:
            return {"kind": "cancelled"}
        for ledger in (self.candidate, self.ledger):
            if not ledger.is_up:
                status = ended["graderStatus"]
                return {"kind": "broken", "message": ledger.broken or f"a grader died behind its walls (status {status})"}
        return {"kind": "report", "report": self._report(ended, wall_seconds)}

    @property
    def _is_over(self) -> bool:
        """A candidate that has gone may have answered all that its grader wants to know."""
        has_ended = self._is_grader_gone if self.grader is not None else self._is_gone
        return bool(self.stopped or self._is_cancelled or self.ledger.is_closed or has_ended)

    def _watch(self) -> None:
        deadline = self.started + self.limits["wallSeconds"]
        next_tick = self.started + TICK_SECONDS
        while not self._is_over:
            self._act(min(next_tick, deadline) - time.monotonic())
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
            self._act(left)

    def _check_use(self) -> None:
        if self.stopped:
            return
        resident = self.census.take(self.limits["memoryBytes"])
        if self.census.tasks > self.limits["processes"]:
            self.stopped = "processes"
        elif resident > self.limits["memoryBytes"]:
            self.stopped = "memory"
        elif self.census.cpu_seconds > self.limits["cpuSeconds"]:
            self.stopped = "cpu-time"

    def _read(self, fd: int, read: object, take: object) -> bool:
        """Read once; False when there is nothing more."""
        try:
            data = read(fd, CHUNK)
        except BlockingIOError:
            return False
        except ConnectionError:
            data = b""
        if not data:
            self._forget(fd)
            return False
        take(data)
        if max(self.stdout.bytes, self.stderr.bytes) > FLOOD * self.limits["outputBytes"] and not self.stopped:
            self.stopped = "output"
        return True

    def _question(self, fd: int) -> None:
        asked = hear_question(fd)
        if asked is not None:
            self._leaves_something = True
            self.has_network = self.has_network or asked.opens_socket
            self._wants_network = self._wants_network or asked.wants_network

    def _drain(self) -> bool:
        """Take what the pipes hold now, for more than a chunk in several rounds; False if that was nothing."""
        events = (self._hear, self._gone, self._grader_gone, self._question)
        pipes = [(fd, act) for fd, act in self._acts.items() if act not in events]
        return any([act(fd) for fd, act in pipes])

    def _hear(self, fd: int) -> None:
        """Until it has its answer the host can only cancel the job, or go away."""
        message = read_frame(fd)
        if message is None:
            os._exit(0)
        self._is_cancelled = self._is_cancelled or message == {"kind": "cancel", "id": self.job["id"]}

    def _gone(self, fd: int) -> None:
        self._is_gone = True
        self._forget(fd)

    def _grader_gone(self, fd: int) -> None:
        self._is_grader_gone = True
        self._forget(fd)

    def _report(self, ended: dict, wall_seconds: float) -> dict:
        status = ended["status"]
        cpu_seconds = max(ended["cpuSeconds"], self.census.cpu_seconds)
        is_over_cpu = cpu_seconds > self.limits["cpuSeconds"]
        said = self.ledger.end
        end = self.stopped or end_of_run(said, status if self._is_gone else None, ended["graderStatus"], is_over_cpu)
        facts = self.ledger.facts(end)
        return {
            **facts,
            "network": self._wants_network or facts["network"],
            "exitCode": self.ledger.exit_code if said == end else exit_code(end, status),
            "signal": os.WTERMSIG(status) if end == "signal" else None,
            "stdout": self.stdout.output(),
            "stderr": self.stderr.output(),
            "wallMs": round(wall_seconds * 1000, 3),
            "cpuMs": round(cpu_seconds * 1000, 3),
            "testCpuMs": round(ended["testSeconds"] * 1000, 3),
            "peakMemoryBytes": max(self.census.peak_bytes, ended["peakBytes"]),
        }


def _planned(declared: "int | None", plan: dict) -> CaseLog:
    cases = CaseLog(declared)
    cases.plan(**plan)
    return cases
