"""
The fork server: one process with the libraries imported, from which rooms and graders are forked, and nothing else. A supervisor
beside it reads jobs from stdin and answers on stdout, in frames (see frames.py). One program at a time; it ends when stdin does.

Usage: main.py UID [MODULE ...]   (it becomes that user first, unless that is "-", and imports the modules)
"""

import gc
import importlib
import marshal
import os
import platform
import site
import socket
import sys

import supervisor
import wall
from confined import keep_places
from fresh import prepare_interpreter
from launch import launch
from link import LONGEST, MOST_ENDS
from pages import collapse
from seccomp import Filter, Filters
from wear import Wear


def main() -> None:
    """Serve until stdin ends."""
    inbox, outbox = _take_channel()
    user, modules = sys.argv[1], sys.argv[2:]
    if user != "-":
        wall.drop_user(int(user))
    try:
        wall.enter_network()
    except wall.WallError as error:
        sys.exit(str(error))
    wall.hide()
    link = supervisor.start(inbox, outbox)
    os.makedirs(wall.WORK)
    os.chdir(wall.WORK)
    for name in modules:
        _import(name)
    if sys.flags.no_site:
        _add_site_builtins()
    prepare_interpreter()
    keep_places()
    filters = Filters(program=Filter(is_grader=False), grader=Filter(is_grader=True))
    # Objects that exist now are never collected again, so that their pages stay shared with every fork.
    gc.collect()
    gc.freeze()
    collapse()
    link.send(marshal.dumps({"kind": "ready", "python": platform.python_version()}))
    _serve(link, filters)


def _serve(link: socket.socket, filters: Filters) -> None:
    """Carry out the supervisor's orders. What a program is forked from stays as it was: no more is done here than must be."""
    wear = Wear()
    wall.own_data()
    while True:
        message, ends, _, _ = socket.recv_fds(link, LONGEST, MOST_ENDS)
        if not message:
            os._exit(0)
        order = marshal.loads(message)
        try:
            if order["kind"] == "bury":
                # It has been killed.
                _, status, used = os.wait4(order["process"], 0)
                answer = status, used.ru_utime + used.ru_stime, wear.shows()
            else:
                answer = launch(order, ends, filters)
        except (wall.WallError, OSError) as error:
            answer = str(error)
        finally:
            for fd in ends:
                os.close(fd)
        link.send(marshal.dumps(answer))


def _take_channel() -> "tuple[int, int]":
    """Move the protocol away from stdin and stdout, where a stray print would break it."""
    inbox, outbox = os.dup(0), os.dup(1)
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.close(null)
    return inbox, outbox


def _add_site_builtins() -> None:
    """What every program has, though this interpreter started without what is installed beside it."""
    site.setquit()
    site.setcopyright()
    site.sethelper()


def _import(name: str) -> None:
    """What can't be imported here is left to the program that needs it."""
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{name} can't be imported: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
