"""The words between the fork server and its supervisor, and what they may take."""

import marshal
import os
import socket

# To the fork server: the run is over, and its processes have been killed; or the program may have left traces in its
# network besides.
OVER, OVER_WITH_NETWORK = b"over", b"over, with network"
# More descriptors, and longer messages, than the two ever send each other.
MOST_ENDS, LONGEST = 8, 1 << 16


def hear(link: socket.socket) -> object:
    """In the supervisor: the fork server's next word. Ends this process with the server."""
    return marshal.loads(link.recv(LONGEST) or os._exit(1))
