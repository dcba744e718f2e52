"""
The supervisor: one process beside the fork server. It takes jobs from the host, has the fork server start the processes of
each, sees them to their end, and answers.
"""

import gc
import os
import socket
import traceback

import wall
from frames import encode, read_frame, write_frame
from link import hear
from order import Run
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
    while (job := read_frame(inbox)) is not None:
        # A job's cancellation may come after its answer.
        if job["kind"] == "run":
            job = {**job, "test": read_frame(inbox), "program": read_frame(inbox)}
            write_frame(outbox, encode({"id": job["id"], **_answer(job, link, inbox)}))
    os._exit(0)


def _answer(job: dict, link: socket.socket, inbox: int) -> dict:
    run = Run(job["grading"] == "isolated")
    try:
        run.start(job, link)
        return Supervision(job, run, link, inbox).run()
    except wall.WallError as error:
        return {"kind": "broken", "message": str(error)}
    finally:
        run.close()
