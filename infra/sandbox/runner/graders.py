"""In the supervisor: the grader of a run, which may go on to the next."""

import contextlib
import socket

from held import Held
from link import order


class Grader(Held):
    """
    A process that runs tests, and the channel to it. Its walls are built once. After a run that left nothing in it (`isolated.py`
    says so) it takes the next.
    """

    def __init__(self, limits: dict) -> None:
        super().__init__(limits)
        self.channel, self._theirs = socket.socketpair()

    def begin(self, link: socket.socket, nonce: str, ends: "list[int]") -> None:
        """Give it the output streams and the wire of a run; first have it started, if it is new. Raises WallError."""
        if self.is_new:
            stdout, stderr, wire = ends
            what = {"kind": "grader", "limits": self.limits, "nonce": nonce}
            self.launched(order(link, what, [stdout, stderr, self._theirs.fileno(), wire]))
            self._theirs.close()
            return
        self.channel.setblocking(True)
        # Of a process that is gone its end tells.
        with contextlib.suppress(OSError):
            socket.send_fds(self.channel, [b"\n"], ends)

    def close(self) -> None:
        """Let go of it."""
        super().close()
        self.channel.close()
        self._theirs.close()
