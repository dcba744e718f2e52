"""The words between the supervisor and what it has carry out its orders, and what they may take."""

import marshal
import os
import socket

from wall import WallError

# More descriptors, and longer messages, than are ever sent.
MOST_ENDS, LONGEST = 8, 1 << 16


def order(link: socket.socket, what: dict, ends: "list[int] | tuple" = ()) -> object:
    """In the supervisor: have the fork server do this, with these descriptors; its answer. Raises WallError where it can't be done."""
    socket.send_fds(link, [marshal.dumps(what)], ends)
    return hear(link)


def hear(link: socket.socket) -> object:
    """In the supervisor: the fork server's next word. Ends this process with the server."""
    answer = marshal.loads(link.recv(LONGEST) or os._exit(1))
    if isinstance(answer, str):
        raise WallError(answer)
    return answer
