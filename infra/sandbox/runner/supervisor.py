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
from graders import Grader
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
    grader = None
    while (job := read_frame(inbox)) is not None:
        # A job's cancellation may come after its answer.
        if job["kind"] == "run":
            job = {**job, "test": read_frame(inbox), "program": read_frame(inbox)}
            answer, grader = _answer(job, link, inbox, grader)
            write_frame(outbox, encode({"id": job["id"], **answer}))
    os._exit(0)


def _answer(job: dict, link: socket.socket, inbox: int, waiting: "Grader | None") -> "tuple[dict, Grader | None]":
    """The answer to a job, and the grader that waits for the next; before it was `waiting`."""
    grader = _grader_for(job, waiting)
    run = Run(grader)
    stays = False
    try:
        run.start(job, link)
        supervision = Supervision(job, run, link, inbox)
        answer = supervision.run()
        stays = supervision.grader_stays
    except wall.WallError as error:
        answer = {"kind": "broken", "message": str(error)}
    finally:
        run.close()
    if grader is None:
        return answer, waiting
    if not stays:
        grader.end()
    return answer, grader if stays else None


def _grader_for(job: dict, waiting: "Grader | None") -> "Grader | None":
    """The one that waits, or a new one in its place; none for a run in one process."""
    if job["grading"] != "isolated":
        return None
    if waiting is not None and waiting.limits == job["limits"] and not waiting.is_gone:
        return waiting
    if waiting is not None:
        waiting.end()
    return Grader(job["limits"])
