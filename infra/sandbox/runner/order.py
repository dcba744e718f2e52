"""In the supervisor: has the processes of a run started, and hands them what they are to run."""

import contextlib
import marshal
import os
import socket

from frames import write_frame
from graders import Grader
from plain import is_plain
from prepared import prepare
from rooms import Room


class Run:
    """
    What the supervisor holds of a run: its output streams, and of the program the channel and a pidfd. A run in one process
    has no grader. To be closed.
    """

    def __init__(self, room: Room, grader: "Grader | None") -> None:
        self._held = contextlib.ExitStack()
        self.nonces = [os.urandom(16).hex(), os.urandom(16).hex()]
        self.room, self.grader = room, grader
        self.stdout, stdout = self._pipe()
        self.stderr, stderr = self._pipe()
        self.channel, channel = self._pair()
        # What the processes of the run get.
        self._programs, self._graders = [stdout, stderr, channel], []
        if grader is not None:
            wire, candidate_wire = (end.detach() for end in socket.socketpair())
            self._programs.append(candidate_wire)
            self._graders = [stdout, stderr, wire]
        self._let_go = contextlib.ExitStack()
        for fd in {*self._programs, *self._graders}:
            self._let_go.callback(os.close, fd)

    def start(self, job: dict, link: socket.socket) -> None:
        """Raises WallError if a process can't be had. Returns once they are there."""
        self.room.start(self.grader is not None, self.nonces[0], self._programs)
        if self.grader is not None:
            self.grader.begin(link, self.nonces[1], self._graders)
        self._let_go.close()
        # Meanwhile the program's process is being made: what it is to run waits for it.
        self._hand_out(job)
        self.program = self.room.started()
        self._held.callback(os.close, self.program)

    def close(self) -> None:
        """Let go of all of it but room and grader."""
        self._let_go.close()
        self._held.close()

    def _hand_out(self, job: dict) -> None:
        """To each process what it needs, and no more: a candidate that is isolated learns nothing of its test."""
        test = prepare(job["test"])
        self.plan = test["plan"]
        if self.grader is None:
            _give(self.channel, {"entryPoint": job["entryPoint"], "test": test, "program": job["program"]})
            return
        facts = {name: job[name] for name in ("entryPoint", "entryKind", "prelude")}
        leaves_nothing = job["entryKind"] == "function" and is_plain(job["test"]) and is_plain(job["prelude"])
        _give(self.grader.channel, {**facts, "test": test, "isPlain": leaves_nothing, "nonce": self.nonces[1]})
        _give(self.channel, {**{name: job[name] for name in ("entryPoint", "entryKind")}, "program": job["program"]})

    def _pipe(self) -> "tuple[int, int]":
        mine, other = os.pipe()
        os.set_blocking(mine, False)
        self._held.callback(os.close, mine)
        return mine, other

    def _pair(self) -> "tuple[socket.socket, int]":
        mine, other = socket.socketpair()
        return self._held.enter_context(mine), other.detach()


def _give(channel: socket.socket, message: dict) -> None:
    # Of a process that is gone its end tells.
    with contextlib.suppress(OSError):
        write_frame(channel.fileno(), marshal.dumps(message))
    # From here on it is read, when there is something to read.
    channel.setblocking(False)
