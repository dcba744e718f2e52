"""Supervises one program from outside its namespace: starts it, drains it, holds it to its limits, reports on it."""

import json
import os
import resource
import secrets
import selectors
import signal
import time

import wall
from census import Census
from evidence import Evidence
from frames import encode, write_all
from grade import grade
from ledger import Ledger
from seccomp import Filter
from streams import Capture

TICK_SECONDS = 0.05
CHUNK = 1 << 16
# A program that writes this many times what is kept is ended.
FLOOD = 64


def supervise(job: dict, seccomp: Filter, cancel_fd: int, report_fd: int) -> None:
    """Run a job and write what came of it: a report, `cancelled`, or `broken` where a wall could not be made."""
    try:
        wall.enter_namespaces()
        answer = Supervision(job, cancel_fd).run(seccomp)
    except (wall.WallError, OSError) as error:
        answer = {"kind": "broken", "message": str(error)}
    write_all(report_fd, encode({"id": job["id"], **answer}))


class Supervision:
    """One run. It ends with the closing message, with the program, with a limit passed, or when it is cancelled."""

    def __init__(self, job: dict, cancel_fd: int) -> None:
        self.job = job
        self.limits = job["limits"]
        self.ledger = Ledger(job, secrets.token_hex(16))
        self.census = Census()
        self.stdout = Capture(self.limits["outputBytes"])
        self.stderr = Capture(self.limits["outputBytes"])
        self.stopped: "str | None" = None
        self._is_cancelled = False
        self._is_gone = False
        self._selector = selectors.DefaultSelector()
        self._selector.register(cancel_fd, selectors.EVENT_READ, self._cancel)

    def run(self, seccomp: Filter) -> dict:
        """The answer to the job, once nothing of the program is left."""
        init = wall.spawn_init()
        self.started = time.monotonic()
        try:
            program = self._start(seccomp)
            self._watch()
        finally:
            os.kill(init, signal.SIGKILL)
        # In this order: the namespace's end waits for its last process to be waited for.
        _, status, usage = os.wait4(program, 0)
        _, _, orphans = os.wait4(init, 0)
        while self._drain():
            pass
        if self._is_cancelled:
            return {"kind": "cancelled"}
        if not self.ledger.is_up:
            reason = self.ledger.broken or f"the program's process died while its walls were made (status {status})"
            return {"kind": "broken", "message": reason}
        return {"kind": "report", "report": self._report(status, usage, orphans)}

    def _start(self, seccomp: Filter) -> int:
        pipes = [os.pipe() for _ in range(3)]
        program = os.fork()
        if program == 0:
            _become_program(self.job, seccomp, self.ledger.nonce, [write for _, write in pipes])
        for (read, write), take in zip(pipes, (self.stdout.add, self.stderr.add, self.ledger.add)):
            os.close(write)
            os.set_blocking(read, False)
            self._selector.register(read, selectors.EVENT_READ, lambda fd, take=take: self._read(fd, take))
        self._selector.register(os.pidfd_open(program), selectors.EVENT_READ, self._gone)
        return program

    def _watch(self) -> None:
        deadline = self.started + self.limits["wallSeconds"]
        next_tick = self.started + TICK_SECONDS
        while not (self.stopped or self._is_gone or self._is_cancelled or self.ledger.is_closed):
            for key, _ in self._selector.select(max(0.0, min(next_tick, deadline) - time.monotonic())):
                key.data(key.fd)
            now = time.monotonic()
            if now >= next_tick:
                next_tick = now + TICK_SECONDS
                self._check_use()
            if now >= deadline and not self.stopped:
                self.stopped = "wall-time"
        # What a program leaves at a bad end, such as the failed fork() of a bomb, is counted before it is killed.
        if self._is_gone or self.ledger.end != "ok":
            self._drain()
            self._check_use()

    def _check_use(self) -> None:
        if not self.ledger.is_up or self.stopped:
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
        pipes = [key for key in self._selector.get_map().values() if key.data not in (self._cancel, self._gone)]
        return any([key.data(key.fd) for key in pipes])

    def _cancel(self, fd: int) -> None:
        self._is_cancelled = True

    def _gone(self, fd: int) -> None:
        self._is_gone = True

    def _report(self, status: int, usage: resource.struct_rusage, orphans: resource.struct_rusage) -> dict:
        wall_seconds = time.monotonic() - self.started
        waited = usage.ru_utime + usage.ru_stime + orphans.ru_utime + orphans.ru_stime
        cpu_seconds = max(waited, self.census.cpu_seconds)
        end = self._end(status, cpu_seconds)
        return {
            **self.ledger.facts(end),
            "exitCode": self.ledger.exit_code if self.ledger.is_closed else _exit_code(end, status),
            "signal": os.WTERMSIG(status) if end == "signal" else None,
            "stdout": self.stdout.output(),
            "stderr": self.stderr.output(),
            "wallMs": round(wall_seconds * 1000, 3),
            "cpuMs": round(cpu_seconds * 1000, 3),
            "peakMemoryBytes": max(self.census.peak_bytes, usage.ru_maxrss * 1024),
        }

    def _end(self, status: int, cpu_seconds: float) -> str:
        if self.stopped:
            return self.stopped
        if self.ledger.end is not None:
            return self.ledger.end
        if os.WIFEXITED(status):
            return "exit"
        is_cpu = os.WTERMSIG(status) == signal.SIGXCPU or cpu_seconds > self.limits["cpuSeconds"]
        return "cpu-time" if is_cpu else "signal"


def _exit_code(end: str, status: int) -> "int | None":
    return os.WEXITSTATUS(status) if end == "exit" else None


def _become_program(job: dict, seccomp: Filter, nonce: str, writes: "list[int]") -> None:
    """In the forked child: take the last steps behind the wall, then run the program. Never returns."""
    try:
        channel = _take_descriptors(writes)
        evidence = Evidence(channel, nonce)
        try:
            os.setsid()
            wall.mount_private(job["limits"]["tmpBytes"])
            wall.drop_privileges()
            wall.set_limits(job["limits"])
            seccomp.apply()
        except (wall.WallError, OSError, ValueError) as error:
            evidence.send("broken", message=str(error))
            os._exit(1)
        evidence.send("up")
        grade(job, evidence)
    finally:
        os._exit(1)


def _take_descriptors(writes: "list[int]") -> int:
    """stdin is empty, stdout and stderr are the pipes, the channel is the only other descriptor."""
    null = os.open("/dev/null", os.O_RDONLY)
    channel = 3
    for target, source in enumerate((null, *writes)):
        if source <= channel:
            raise wall.WallError(f"descriptor {source} is in the way")
        os.dup2(source, target, inheritable=target < channel)
    os.closerange(channel + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    return channel
