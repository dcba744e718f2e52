"""
The fork server: one process with the libraries imported, which forks a supervisor for each program. Reads jobs from
stdin and answers on stdout, in frames (see frames.py). Runs one program at a time and ends when stdin does.

Usage: main.py [UID]   (with UID it becomes that user first)
"""

import gc
import importlib
import os
import platform
import selectors
import sys
import traceback

import wall
from frames import encode, read_frame, write_frame
from seccomp import Filter, Filters
from supervise import TAKEN, Descriptors, supervise

# What programs of a benchmark import most from the standard library: imported once, here. Not the heavy and rare
# ones (asyncio, sqlite3): every page of memory makes every fork dearer.
WARM = (
    "abc array ast base64 bisect calendar cmath collections collections.abc contextlib copy csv dataclasses datetime "
    "decimal enum fractions functools hashlib heapq inspect io itertools json logging math operator os pathlib pickle "
    "queue random re shutil statistics string struct subprocess tempfile textwrap threading time traceback types "
    "typing unicodedata unittest uuid warnings wave"
).split()


def main() -> None:
    """Serve until stdin ends."""
    inbox, outbox = _take_channel()
    if len(sys.argv) > 1:
        wall.drop_user(int(sys.argv[1]))
    for name in WARM:
        _import(name)
    filters = Filters(program=Filter(), grader=Filter(forks=False))
    # Objects that exist now are never collected again, so that their pages stay shared with every fork.
    gc.collect()
    gc.freeze()
    write_frame(outbox, encode({"kind": "ready", "python": platform.python_version()}))
    while True:
        job = read_frame(inbox)
        if job is None:
            return
        if job["kind"] == "run":
            write_frame(outbox, _serve(job, filters, inbox, outbox))


def _serve(job: dict, filters: Filters, inbox: int, outbox: int) -> bytes:
    """
    Have a supervisor run the job; the answer is passed on as it is. Program and test follow the job on the inbox; they are
    read by the processes that need them, so that no later program is forked from memory that held them.
    """
    report_read, report_write = os.pipe()
    cancel_read, cancel_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        for fd in (outbox, report_read, cancel_write):
            os.close(fd)
        _supervise(job, filters, Descriptors(inbox, cancel_read, report_write))
    os.close(report_write)
    os.close(cancel_read)
    answer = _await_answer(job, inbox, report_read, cancel_write)
    os.close(report_read)
    os.waitpid(pid, 0)
    if not answer.endswith(b"}"):
        _quit("the supervisor of a program died")
    return answer


def _supervise(job: dict, filters: Filters, descriptors: Descriptors) -> None:
    try:
        supervise(job, filters, descriptors)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _quit(reason: str) -> None:
    """End at once: PID 1 has no other child, so the kernel ends whatever a supervisor left."""
    print(reason, file=sys.stderr, flush=True)
    os._exit(1)


def _await_answer(job: dict, inbox: int, report: int, cancel: int) -> bytes:
    """Collect the supervisor's answer, passing on a cancellation: the closing of its pipe."""
    answer = bytearray()
    if os.read(report, 1) != TAKEN:
        _quit("the supervisor of a program died before it had read it")
    with selectors.DefaultSelector() as selector:
        selector.register(report, selectors.EVENT_READ)
        selector.register(inbox, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd == report:
                    data = os.read(report, 1 << 20)
                    answer += data
                    if not data:
                        if cancel >= 0:
                            os.close(cancel)
                        return bytes(answer)
                else:
                    cancel = _cancelled(job, read_frame(inbox), cancel)


def _cancelled(job: dict, message: "dict | None", cancel: int) -> int:
    if message is None:
        os._exit(0)
    if message["kind"] == "cancel" and message["id"] == job["id"] and cancel >= 0:
        os.close(cancel)
        return -1
    return cancel


def _take_channel() -> "tuple[int, int]":
    """Move the protocol away from stdin and stdout, where a stray print would break it."""
    inbox, outbox = os.dup(0), os.dup(1)
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.close(null)
    return inbox, outbox


def _import(name: str) -> None:
    """A build of Python may lack some."""
    try:
        importlib.import_module(name)
    except ImportError:
        pass


if __name__ == "__main__":
    main()
