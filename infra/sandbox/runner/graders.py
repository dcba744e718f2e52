"""In the supervisor: the grader of a run, which may go on to the next."""

import contextlib
import os
import select
import signal
import socket


class Grader:
    """
    A process that runs tests, as the supervisor holds it: the channel to it, its limits and, once it is there, a pidfd. Its walls
    are built once. After a run that left nothing in it (`isolated.py` says so) it takes the next.
    """

    def __init__(self, limits: dict) -> None:
        self.limits = limits
        self.channel, self.theirs = socket.socketpair()
        self.process: "int | None" = None

    @property
    def is_new(self) -> bool:
        """The fork server has yet to start it."""
        return self.process is None

    @property
    def is_gone(self) -> bool:
        """It waited for a next run, and has ended: the kernel takes memory from those first that wait behind walls."""
        return not self.is_new and bool(select.select([self.process], [], [], 0)[0])

    def launched(self, pid: int) -> None:
        """From now on it is there."""
        self.process = os.pidfd_open(pid)

    def hand_over(self, ends: "list[int]") -> None:
        """To a grader that goes on: the output streams and the wire of its next run."""
        self.channel.setblocking(True)
        # Of a process that is gone its end tells.
        with contextlib.suppress(OSError):
            socket.send_fds(self.channel, [b"\n"], ends)

    def end(self) -> None:
        """Kill it if it is still there, and let go of it. The fork server buries it."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.process, signal.SIGKILL)
            os.close(self.process)
        self.channel.close()
        self.theirs.close()
