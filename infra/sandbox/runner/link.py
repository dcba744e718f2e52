"""The words between the fork server and its supervisor, and what they may take."""

import marshal
import os
import socket

# More descriptors, and longer messages, than the two ever send each other.
MOST_ENDS, LONGEST = 8, 1 << 16


def over(network: bool, grader: bool) -> bytes:
    """
    To the fork server: the run is over, its program has been killed, and its grader if that does not go on. With `network` the program
    may have left traces in it.
    """
    return marshal.dumps({"kind": "over", "network": network, "grader": grader})


def hear(link: socket.socket) -> object:
    """In the supervisor: the fork server's next word. Ends this process with the server."""
    return marshal.loads(link.recv(LONGEST) or os._exit(1))
