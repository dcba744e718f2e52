"""
The supervisor: one process beside the fork server. It takes jobs from the host, has the processes of each started, sees them to their
end, and answers.
"""

import gc
import os
import socket
import traceback

import wall
from frames import encode, read_frame, write_frame
from graders import Grader
from held import Held
from link import hear, order
from order import Run
from rooms import KeeperLost, Room
from supervise import Supervision


def start(inbox: int, outbox: int) -> socket.socket:
    """
    Fork the supervisor, which takes over the host's pipes; returns the link to it. It never forks and nothing is forked
    from it: programs and tests are in no process that another program is a copy of, and its own memory is not copied
    page by page.
    """
    link, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() != 0:
        for end in (inbox, outbox, other.detach()):
            os.close(end)
        return link
    try:
        link.close()
        wall.die_with_parent()
        _serve(other, inbox, outbox)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _serve(link: socket.socket, inbox: int, outbox: int) -> None:
    """Until the host closes its pipe."""
    write_frame(outbox, encode(hear(link)))
    # What is here now stays: a collection need not go through it with each test that is compiled.
    gc.freeze()
    supervisor = Supervisor(link, inbox)
    while (job := read_frame(inbox)) is not None:
        # A job's cancellation may come after its answer.
        if job["kind"] == "run":
            job = {**job, "test": read_frame(inbox), "program": read_frame(inbox)}
            write_frame(outbox, encode({"id": job["id"], **supervisor.answer(job)}))
    os._exit(0)


class Supervisor:
    """What goes from one job to the next: a room and a grader in which nothing is left, and whether the fork server is as it was."""

    def __init__(self, link: socket.socket, inbox: int) -> None:
        self._link = link
        self._inbox = inbox
        self._room: "Room | None" = None
        self._grader: "Grader | None" = None
        self._is_network_used = False
        self._is_worn = False

    def answer(self, job: dict) -> dict:
        """The answer to a job: a report, `cancelled`, `lost` or `broken`."""
        try:
            return self._run(job)
        except (wall.WallError, KeeperLost) as error:
            self._room, self._grader = self._discard(self._room), self._discard(self._grader)
            # Nothing is known of what the program did, so it may have used the network.
            self._is_network_used = True
            return {"kind": "lost" if isinstance(error, KeeperLost) else "broken", "message": str(error)}

    def _run(self, job: dict) -> dict:
        run = Run(self._room_for(job["limits"]), self._grader_for(job))
        try:
            run.start(job, self._link)
            supervision = Supervision(job, run, self._inbox, self._bury)
            answer = supervision.run()
        finally:
            run.close()
        self._is_network_used = self._is_network_used or supervision.has_network
        if run.grader is not None and not supervision.grader_stays:
            self._grader = self._discard(self._grader)
        if not supervision.room_stays:
            self._room = self._discard(self._room)
        return {**answer, "isWorn": self._is_worn}

    def _room_for(self, limits: dict) -> Room:
        """The one that is there, or a new one in its place."""
        if self._room is not None and self._room.suits(limits):
            return self._room
        self._discard(self._room)
        self._room = Room(limits)
        self._room.open(self._link, self._is_network_used)
        self._is_network_used = False
        return self._room

    def _grader_for(self, job: dict) -> "Grader | None":
        """The one that waits, or a new one in its place; none for a run in one process."""
        if job["grading"] != "isolated":
            return None
        if self._grader is None or not self._grader.suits(job["limits"]):
            self._discard(self._grader)
            self._grader = Grader(job["limits"])
        return self._grader

    def _discard(self, held: "Held | None") -> None:
        """End a process that does not go on, if nobody has, and let go of it."""
        if held is not None:
            self._bury(held)
            held.close()

    def _bury(self, held: Held) -> "int | None":
        """End a process; its status. None if it is not there."""
        if held.pid is None:
            return None
        held.kill()
        status, held.cpu_seconds, self._is_worn = order(self._link, {"kind": "bury", "process": held.pid})
        held.pid = None
        return status
