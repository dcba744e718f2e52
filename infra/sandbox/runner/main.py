"""
The fork server: one process with the libraries imported, from which the processes of each run are forked. Reads jobs from
stdin and answers on stdout, in frames (see frames.py). Runs one program at a time and ends when stdin does.

Usage: main.py UID [MODULE ...]   (it becomes that user first, unless that is "-", and imports the modules)
"""

import gc
import importlib
import json
import os
import platform
import selectors
import signal
import socket
import sys

import link
import supervisor
import wall
from fresh import prepare_interpreter
from frames import encode, read_frame, write_frame
from launch import Launched, launch
from seccomp import Filter, Filters
from wear import Wear

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
    user, modules = sys.argv[1], sys.argv[2:]
    if user != "-":
        wall.drop_user(int(user))
    wall.hide()
    to_supervisor = supervisor.start(outbox)
    os.makedirs(wall.WORK)
    os.chdir(wall.WORK)
    for name in (*WARM, *modules):
        _import(name)
    prepare_interpreter()
    filters = Filters(program=Filter(is_grader=False), grader=Filter(is_grader=True))
    # Objects that exist now are never collected again, so that their pages stay shared with every fork.
    gc.collect()
    gc.freeze()
    wear = Wear()
    write_frame(outbox, encode({"kind": "ready", "python": platform.python_version()}))
    while (job := read_frame(inbox)) is not None:
        if job["kind"] != "run":
            continue
        try:
            launched = launch(job, filters, inbox, to_supervisor)
        except (wall.WallError, OSError) as error:
            write_frame(outbox, encode({"kind": "broken", "id": job["id"], "message": str(error)}))
            _quit(str(error))
        _see_through(job, launched, inbox, to_supervisor, wear)


def _see_through(job: dict, launched: Launched, inbox: int, supervisor: socket.socket, wear: Wear) -> None:
    """Until the supervisor has answered. What arrives meanwhile can only be that the job is cancelled."""
    has_taken = is_over = False
    with selectors.DefaultSelector() as selector:
        selector.register(supervisor, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd == inbox:
                    _pass_on(job, read_frame(inbox), supervisor)
                    continue
                word = supervisor.recv(64)
                if word == link.TAKEN:
                    has_taken = True
                elif word == link.OVER:
                    is_over = True
                    supervisor.send(json.dumps({**_end(launched), "isWorn": wear.shows()}).encode("ascii"))
                elif word == link.DONE and has_taken:
                    return
                else:
                    # Part of the job is still in the inbox, where it can't be told from the next one.
                    _quit("a run ended before its program was read")
                _listen(selector, inbox, has_taken and not is_over)


def _listen(selector: selectors.BaseSelector, inbox: int, is_ours: bool) -> None:
    """The inbox is this process's between the run's texts and its answer, after which the next job may come at once."""
    if is_ours:
        selector.register(inbox, selectors.EVENT_READ)
    elif inbox in selector.get_map():
        selector.unregister(inbox)


def _end(launched: Launched) -> dict:
    """End the run's processes, if they have not ended yet; what the supervisor reports of that."""
    grader_status = None
    if launched.grader is not None:
        # First, so that its test does not go on without a candidate.
        os.kill(launched.grader, signal.SIGKILL)
        grader_status = os.waitpid(launched.grader, 0)[1]
    os.kill(launched.program, signal.SIGKILL)
    _, status, usage = os.wait4(launched.program, 0)
    seconds = usage.ru_utime + usage.ru_stime
    return {"status": status, "cpuSeconds": seconds, "peakBytes": usage.ru_maxrss * 1024, "graderStatus": grader_status}


def _pass_on(job: dict, message: "dict | None", supervisor: socket.socket) -> None:
    if message is None:
        os._exit(0)
    if message["kind"] == "cancel" and message["id"] == job["id"]:
        supervisor.send(link.CANCEL)


def _quit(reason: str) -> None:
    """End at once, and with this process all that it has started."""
    print(reason, file=sys.stderr, flush=True)
    os._exit(1)


def _take_channel() -> "tuple[int, int]":
    """Move the protocol away from stdin and stdout, where a stray print would break it."""
    inbox, outbox = os.dup(0), os.dup(1)
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.close(null)
    return inbox, outbox


def _import(name: str) -> None:
    """What can't be imported here is left to the program that needs it."""
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{name} can't be imported: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
