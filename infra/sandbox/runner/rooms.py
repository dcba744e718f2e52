"""In the supervisor: the room that a program runs in, which may serve the next."""

import marshal
import os
import socket

from held import Held
from link import LONGEST, order
from wall import WallError

ENDED = "the keeper of its room has ended"
# A keeper that has forked so many programs is replaced: what it takes of its own limits is a small part of them.
MOST_RUNS = 1000


class KeeperLost(Exception):
    """The keeper ended while a program ran, or before it could: nothing is known of the program."""


class Room(Held):
    """
    A room, by its keeper (`keeper.py`): the link to that, the room's /proc and the listener of its filter. It serves for the next
    program if nothing of one is left in it.
    """

    def __init__(self, limits: dict) -> None:
        super().__init__(limits)
        self._link, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._runs = 0
        self._held: "list[int]" = []

    def open(self, link: socket.socket, renews_network: bool) -> None:
        """Have it built; returns once its walls stand. Raises WallError if they can't be built, KeeperLost."""
        what = {"kind": "room", "limits": self.limits, "network": renews_network}
        self.launched(order(link, what, [self._theirs.fileno()]))
        self._theirs.close()
        self.proc, self.listener = self._held = self._hear(2)[1]

    def start(self, is_isolated: bool, nonce: str, ends: "list[int]") -> None:
        """Have a program's process started with these descriptors. Raises KeeperLost."""
        self._runs += 1
        self._say(marshal.dumps({"isIsolated": is_isolated, "nonce": nonce}), ends)

    def started(self) -> int:
        """A pidfd of the program. Raises WallError if it can't be started, KeeperLost."""
        return self._hear(1)[1][0]

    def over(self) -> dict:
        """End all that runs in it; how that was. Raises KeeperLost."""
        self._say(b"\n", [])
        return self._hear(0)[0]

    def suits(self, limits: dict) -> bool:
        """It may serve for a run of these limits."""
        return self._runs < MOST_RUNS and super().suits(limits)

    def close(self) -> None:
        """Let go of it."""
        super().close()
        for end in (self._link, self._theirs):
            end.close()
        for fd in self._held:
            os.close(fd)

    def _say(self, message: bytes, ends: "list[int]") -> None:
        try:
            socket.send_fds(self._link, [message], ends)
        except OSError as error:
            raise KeeperLost(f"{ENDED}: {error.strerror}") from error

    def _hear(self, descriptors: int) -> "tuple[object, list[int]]":
        message, sent, _, _ = socket.recv_fds(self._link, LONGEST, descriptors)
        if not message:
            raise KeeperLost(ENDED)
        answer = marshal.loads(message)
        if isinstance(answer, str):
            raise WallError(answer)
        return answer, sent
