"""In the supervisor: has the fork server start the processes of a run, and hands them what they are to run."""

import contextlib
import marshal
import os
import socket

from frames import write_frame
from link import hear
from prepared import prepare
from wall import WallError


class Run:
    """
    What the supervisor holds of a run: its output streams, and of each process the channel and a pidfd. A run in one process
    has no grader. To be closed.
    """

    def __init__(self, is_isolated: bool) -> None:
        self._held = contextlib.ExitStack()
        # What the run's processes get, in the order of `launch`.
        self._theirs: "list[int]" = []
        self.nonces = [os.urandom(16).hex(), os.urandom(16).hex()]
        self.stdout, self.stderr = self._pipe(), self._pipe()
        self.channel = self._pair()
        self.grader_channel: "socket.socket | None" = None
        self.program = self.grader = None
        if is_isolated:
            self.grader_channel = self._pair()
            self._theirs += [end.detach() for end in socket.socketpair()]

    def start(self, job: dict, link: socket.socket) -> None:
        """Raises WallError if the fork server can't build the walls. Returns once the processes are there."""
        facts = {"isIsolated": self.grader_channel is not None, "limits": job["limits"], "nonces": self.nonces}
        socket.send_fds(link, [marshal.dumps(facts)], self._theirs)
        self._let_go()
        # Meanwhile the processes are being made: what they are to run waits for them.
        self._hand_out(job)
        answer = hear(link)
        if isinstance(answer, str):
            raise WallError(answer)
        self.program, self.grader = (pid and self._hold(os.pidfd_open(pid)) for pid in answer)

    def close(self) -> None:
        """Let go of all of it."""
        self._let_go()
        self._held.close()

    def _hand_out(self, job: dict) -> None:
        """To each process what it needs, and no more: a candidate that is isolated learns nothing of its test."""
        test = prepare(job["test"])
        self.plan = test["plan"]
        if self.grader_channel is None:
            _give(self.channel, {"entryPoint": job["entryPoint"], "test": test, "program": job["program"]})
        else:
            facts = {name: job[name] for name in ("entryPoint", "entryKind", "prelude")}
            _give(self.grader_channel, {**facts, "test": test})
            _give(self.channel, {"entryPoint": job["entryPoint"], "program": job["program"]})

    def _pipe(self) -> int:
        mine, other = os.pipe()
        self._theirs.append(other)
        os.set_blocking(mine, False)
        return self._hold(mine)

    def _pair(self) -> socket.socket:
        mine, other = socket.socketpair()
        self._theirs.append(other.detach())
        return self._held.enter_context(mine)

    def _hold(self, fd: int) -> int:
        self._held.callback(os.close, fd)
        return fd

    def _let_go(self) -> None:
        while self._theirs:
            os.close(self._theirs.pop())


def _give(channel: socket.socket, message: dict) -> None:
    # Of a process that is gone its end tells.
    with contextlib.suppress(OSError):
        write_frame(channel.fileno(), marshal.dumps(message))
    # From here on it is read, when there is something to read.
    channel.setblocking(False)
