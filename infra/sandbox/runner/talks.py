"""
The messages of a wire, sorted by the threads that they are for. A talk is all that one thread asks, with what it is asked
meanwhile and for its sake: at the other end one thread serves it. So what waits for another thread, there as here, is not in
its way.
"""

import _thread
import collections
import contextlib
import itertools
import json
import os
import socket
import threading
import traceback

from codec import CannotCross
from fault import CANDIDATE, TEST
from frames import MAX_FRAME, write_frame

# Most messages are short, and to make room for a long one costs more than to read it.
LEAST_READ, MOST_READ = 1 << 13, 1 << 20
# Of the two main threads. An end counts its other threads from 1; to the other end those are -1, -2 and so on.
MAIN = 0
# In whose name messages are read where nobody waits for one of his own.
NOBODY = None


class Gone(BaseException):
    """The other end has closed the wire; see also `Talks.is_gone`."""


class Unreadable(CannotCross):
    """What the other end has sent is no message: its word, not the test's, has failed."""

    candidate_facts: dict = {"line": None, "trace": ""}


class Readable:
    """A context for reading what the other end may have made up: whatever comes of it is one thing."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: "type | None", error: "BaseException | None", trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, MemoryError):
            return
        # Nothing that is read runs code of the test's or program's: that was a signal's handler, whose exception it is.
        if not any(frame.f_code.co_filename in (CANDIDATE, TEST) for frame, _ in traceback.walk_tb(trace)):
            raise Unreadable(f"what was sent can't be read: {kind.__name__}: {error}") from None


class Talks:
    """One end of a wire. `serve()` answers what is asked in the talk of the thread that it is called in, for ever."""

    def __init__(self, fd: int, serve: object) -> None:
        self.is_gone = False
        # Another thread than the main one was at work here: it stays.
        self.is_threaded = False
        self._fd = fd
        self._serve = serve
        self._buffer = bytearray()
        self._writing = threading.Lock()
        # Of all that wait one reads, for all; the others wait for news.
        self._reading = threading.Lock()
        self._news = threading.Condition()
        self._waiting = 0
        self._inboxes: dict = {MAIN: collections.deque(), NOBODY: collections.deque()}
        self._broken: "BaseException | None" = None
        self._this = threading.local()
        self._this.talk = MAIN
        self._free: "list[int]" = []
        self._next_number = itertools.count(1)

    def mine(self) -> int:
        """The talk of the thread that asks for it."""
        if not hasattr(self._this, "talk"):
            self._this.seat = _Seat(self._free, self._next_number)
            self._this.talk = self._this.seat.number
            self._inboxes.setdefault(self._this.talk, collections.deque())
        return self._this.talk

    def send(self, message: dict) -> None:
        """Send a message in this thread's talk; raises CannotCross for one that is too large, and Gone."""
        # What goes without saying is not said: most of what a message costs goes by its keys.
        if self.mine() != MAIN:
            message["talk"] = self.mine()
        if threading.active_count() > 1:
            message["threads"] = True
        body = json.dumps(message).encode("ascii")
        if len(body) > MAX_FRAME:
            raise CannotCross(f"a message of {len(body)} bytes is beyond the limit of {MAX_FRAME}")
        try:
            with self._writing:
                write_frame(self._fd, body)
        except OSError as error:
            raise self._lost() from error

    def receive(self) -> dict:
        """The next message of this thread's talk. Raises Gone; from then on Unreadable where a message was none, or what ended a talk."""
        inbox = self._inboxes[self.mine()]
        while not inbox:
            if not self._reading.acquire(blocking=False):
                self._wait(inbox)
                continue
            try:
                if not inbox:
                    self._take_in()
            finally:
                self._reading.release()
                if self._waiting:
                    with self._news:
                        self._news.notify_all()
        return inbox.popleft()

    def _wait(self, inbox: "collections.deque[dict]") -> None:
        """For as long as another thread reads and has nothing for this one."""
        with self._news:
            # Whoever reads looks at this number after its turn.
            self._waiting += 1
            try:
                if not inbox and self._reading.locked():
                    self._news.wait()
            finally:
                self._waiting -= 1

    def _take_in(self) -> None:
        if self._broken is not None:
            raise self._broken
        body = self._read()
        try:
            with Readable():
                self._sort(json.loads(body))
        except Unreadable as error:
            self._broken = error
            raise

    def _sort(self, message: dict) -> None:
        talk = -message.get("talk", MAIN)
        if type(talk) is not int or talk > 0 and talk not in self._inboxes:
            raise ValueError("no such talk")
        if "do" not in message and "to" not in message:
            raise ValueError("neither a request nor an answer")
        is_new = talk not in self._inboxes
        # Where the other end has threads, any of them may ask at any time.
        if not self.is_threaded and (is_new or message.get("threads") is True):
            self._start(NOBODY)
        if is_new:
            self._inboxes[talk] = collections.deque()
            self._start(talk)
        self._inboxes[talk].append(message)

    def _start(self, talk: "int | None") -> None:
        self.is_threaded = True
        # Not by `threading`: a test or program that counts its threads counts those that it has started.
        _thread.start_new_thread(self._run, (talk,))

    def _run(self, talk: "int | None") -> None:
        self._this.talk = talk
        try:
            self._serve()
        except Gone:
            # Whoever waits for an answer meets that as well.
            pass
        except BaseException as error:
            self._break(error)

    def _break(self, error: BaseException) -> None:
        """Of this talk no answer comes: whoever waits, in any, has the error in its place, also who is reading."""
        if self._broken is None:
            self._broken = error
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, os.dup(self._fd)) as wire:
            wire.shutdown(socket.SHUT_RD)

    def _read(self) -> bytes:
        """The next message. It leaves the buffer as a whole: an exception of a signal's may come at any time."""
        size = 4 + int.from_bytes(self._filled(4)[:4], "big")
        if size > 4 + MAX_FRAME:
            raise self._lost()
        body = bytes(self._filled(size)[4:size])
        del self._buffer[:size]
        return body

    def _filled(self, size: int) -> bytearray:
        while len(self._buffer) < size:
            try:
                data = os.read(self._fd, max(LEAST_READ, min(size - len(self._buffer), MOST_READ)))
            except OSError as error:
                raise self._lost() from error
            if not data:
                raise self._lost()
            self._buffer += data
        return self._buffer

    def _lost(self) -> BaseException:
        if self._broken is not None:
            return self._broken
        self.is_gone = True
        return Gone()


class _Seat:
    """The number of a thread among those that are there, for another one when it has ended."""

    def __init__(self, free: "list[int]", following: "itertools.count[int]") -> None:
        self._free = free
        try:
            self.number = free.pop()
        except IndexError:
            self.number = next(following)

    def __del__(self) -> None:
        self._free.append(self.number)
