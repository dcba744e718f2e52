"""The supervisor: one process beside the fork server, which sees every run to its end and answers the host."""

import json
import os
import socket

import wall
from frames import encode, write_frame
from link import DONE
from supervise import CHUNK, Supervision

# More ends than a run has.
MOST_ENDS = 8


def start(outbox: int) -> socket.socket:
    """
    Fork the supervisor, which answers on the outbox; returns the link to it. It never forks and nothing is forked from
    it: what it has seen of one program stays out of the next one's memory, and its own is not copied page by page.
    """
    link, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() != 0:
        other.close()
        return link
    try:
        link.close()
        wall.die_with_parent()
        _serve(other, outbox)
    finally:
        os._exit(1)


def _serve(link: socket.socket, outbox: int) -> None:
    while True:
        message, ends, _, _ = socket.recv_fds(link, CHUNK, MOST_ENDS)
        if not message:
            os._exit(0)
        write_frame(outbox, encode(Supervision(json.loads(message), ends, link).run()))
        for fd in ends:
            os.close(fd)
        link.send(DONE)
