"""In the supervisor: a process that may go on from one run to the next, as a grader or the keeper of a room."""

import contextlib
import os
import select
import signal


class Held:
    """Its limits and, once it is there, its id and a pidfd."""

    def __init__(self, limits: dict) -> None:
        self.limits = limits
        self.pid: "int | None" = None
        self.process: "int | None" = None
        # Processor time that it had taken when it was last known.
        self.cpu_seconds = 0.0

    @property
    def is_new(self) -> bool:
        """The fork server has yet to start it."""
        return self.process is None

    def launched(self, pid: int) -> None:
        """From now on it is there."""
        self.pid, self.process = pid, os.pidfd_open(pid)

    def suits(self, limits: dict) -> bool:
        """
        It may go on with a run of these limits, and has not ended meanwhile: the kernel takes memory from those first that wait
        behind walls.
        """
        return self.limits == limits and not select.select([self.process], [], [], 0)[0]

    def kill(self) -> None:
        """End it. The fork server buries it."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.process, signal.SIGKILL)

    def close(self) -> None:
        """Let go of it."""
        if self.process is not None:
            os.close(self.process)
