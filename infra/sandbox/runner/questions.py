"""
What a program asks the supervisor before a call of its own goes on: calls that could leave something for the next program, where no look
at the files of a room would find it. The next one is to have another room, and after a socket another network.
"""

import fcntl
import struct
import typing

from seccomp import INTERNET_FAMILIES, SOCKET, column

RECEIVE, ANSWER = 0xC0502100, 0xC0182101
# Id, process, flags; then the call's number, architecture, place and arguments.
QUESTION = struct.Struct("=QII iIQ6Q")
REPLY = struct.Struct("=QqiI")
GO_ON = 1


class Asked(typing.NamedTuple):
    """What a question comes to. The call goes on as it is."""

    opens_socket: bool = False
    # The socket is one by which the internet would be reached: names are looked up by such a one as well.
    wants_network: bool = False


def hear_question(listener: int) -> "Asked | None":
    """Take one question of the filter's, and let the call go on; None if whoever asked is gone."""
    question = bytearray(QUESTION.size)
    try:
        fcntl.ioctl(listener, RECEIVE, question)
        ident, _, _, number, _, _, *arguments = QUESTION.unpack(question)
        fcntl.ioctl(listener, ANSWER, REPLY.pack(ident, 0, 0, GO_ON))
    except OSError:
        return None
    is_socket = number == SOCKET[column()]
    return Asked(is_socket, is_socket and arguments[0] & 0xFFFFFFFF in INTERNET_FAMILIES)
