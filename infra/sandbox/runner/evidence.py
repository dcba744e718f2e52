"""What a run tells its supervisor, in lines that carry the run's nonce. What a program prints is no evidence."""

import builtins
import functools
import json.encoder
import os
import sys
import threading
import types
import typing

from cases import FAILED, STARTED
from fault import CANDIDATE
from stops import failure_of

# Own built-ins for this module's functions: a program that replaces Python's changes nothing here.
__builtins__ = dict(vars(builtins))
_frame = sys._getframe
# Compiled code that takes nothing from where a program could put another in its place, as `json.dumps` does.
_encode = json.encoder.c_make_encoder(
    None, None, json.encoder.encode_basestring_ascii, None, ": ", ", ", False, False, True
)


class Evidence:
    """The program's side. Only the process that made it can report: what it forks is silent."""

    def __init__(self, fd: int, nonce: str) -> None:
        asserts = 0
        getpid, write = os.getpid, os.write
        owner = getpid()

        def line(kind: str, **facts: object) -> bytes:
            message = {"nonce": nonce, "kind": kind, "asserts": asserts, **facts}
            return "".join(_encode(message, 0)).encode("ascii") + b"\n"

        def send(kind: str, **facts: object) -> None:
            if getpid() == owner:
                rest = line(kind, **facts)
                while rest:
                    rest = rest[write(fd, rest) :]

        def count(value: object) -> object:
            nonlocal asserts
            # A context manager has yet to hold.
            asserts += not hasattr(type(value), "__exit__")
            return value

        self.line = line
        self.send = send
        self.count = count
        self.is_owner = lambda: getpid() == owner

    def hooks(self) -> tuple:
        """What an instrumented test calls; see `Names`."""
        refute, end = _refuting(self.send).__next__, _ending(self.send).send
        end(None)
        return self.count, refute, self._observe(), end

    def _observe(self) -> object:
        """A function that looks for markers in what a test prints, and returns it."""
        report, turn = _observing(self.observe_text).send, threading.Lock()
        report(None)

        def observe(*values: object) -> tuple:
            text = " ".join(value if issubclass(type(value), str) else str(value) for value in values)
            with turn:
                report(text)
            return values

        return observe

    def observe_text(self, text: str) -> None:
        """Report the case that a text starts, and those that it says have failed."""
        for started in STARTED.finditer(text):
            self.send("case", case=int(started[1]), total=int(started[2]))
        for failed in FAILED.finditer(text):
            self.send("failed", case=int(failed[1]))

    def on_entry(self) -> object:
        """To be called whenever the function under test is; reports the first time."""
        report = _entering(self.send).__next__
        is_entered = False

        def enter() -> None:
            nonlocal is_entered
            if not is_entered:
                is_entered = True
                report()

        return enter

    def watch(self, entry: object, stops: tuple) -> object:
        """The function or class under test, reporting its first call. Of `stops` none leaves it."""
        enter = self.on_entry()
        if isinstance(entry, type):
            return _watched_class(entry, enter, stops)
        return _watched_call(entry, enter, stops) if callable(entry) else entry


# Functions that a program gets hold of report by way of generators: it can look into a closure, not into a frame unseen.


def _entering(send: object) -> "typing.Generator[None, None, None]":
    while True:
        send("entered")
        yield


def _refuting(send: object) -> "typing.Generator[str, None, None]":
    while True:
        send("refuted")
        yield ""


def _ending(send: object) -> "typing.Generator[None, BaseException | None, None]":
    has_failed = False
    while True:
        error = yield
        send("unit", status="passed" if error is None else _status(error, has_failed))
        has_failed = has_failed or error is not None


def _status(error: BaseException, has_failed: bool) -> str:
    """A case that lacks a name after one has failed did not get what it builds on: it was not run."""
    kind = type(error)
    if has_failed and issubclass(kind, NameError) and error.__traceback__.tb_next is None:
        return "not-run"
    return "failed" if issubclass(kind, AssertionError) else "error"


def _observing(observe_text: object) -> "typing.Generator[None, str, None]":
    while True:
        observe_text((yield))


def _watched_call(entry: object, enter: object, stops: tuple) -> object:
    @functools.wraps(entry)
    def watched(*args: object, **kwargs: object) -> object:
        enter()
        try:
            return entry(*args, **kwargs)
        except stops as error:
            # Of a method of its own the program may well expect it.
            if _frame(1).f_code.co_filename == CANDIDATE:
                raise
            raise failure_of(error) from error

    return watched


def _watched_class(entry: type, enter: object, stops: tuple) -> type:
    """The class itself, so that isinstance() keeps its meaning."""
    has_init, has_new = entry.__init__ is not object.__init__, entry.__new__ is not object.__new__

    def begin(self: object, *args: object, **kwargs: object) -> None:
        enter()

    def begin_plain(self: object) -> None:
        enter()

    entry.__init__ = _watched_call(entry.__init__, enter, stops) if has_init else begin if has_new else begin_plain
    for name, value in [*vars(entry).items()]:
        # A class of functions alone is never made an object of. What is no plain function may have more to it than its call.
        is_method = type(value) in (staticmethod, classmethod) and type(value.__func__) is types.FunctionType
        if is_method and not name.startswith("__"):
            setattr(entry, name, type(value)(_watched_call(value.__func__, enter, stops)))
    return entry
