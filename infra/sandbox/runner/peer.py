"""One end of the wire between a candidate and its grader: requests, replies, and requests within requests."""

import contextlib
import io
import json
import os
import sys

from codec import CannotCross, Decoder, Encoder
from frames import MAX_FRAME, write_all


# Most messages are short, and to make room for a long one costs more than to read it.
LEAST_READ, MOST_READ = 1 << 13, 1 << 20


class Gone(BaseException):
    """The other end has closed the wire; see also `Peer.is_gone`."""


class Unreadable(CannotCross):
    """What the other end has sent is no message: its word, not the test's, has failed."""

    candidate_facts: dict = {"line": None, "trace": ""}


class Peer:
    """
    Asks the other end and answers it. `serve(request, values)` carries out a request and returns its value, or raises;
    `refer(value)` gives the node of a value that stays here; `resolve(node)` the stand-in for one that stays there;
    `describe(error)` turns an exception into a node, `revive(node)` a node into an exception; `setting()` is what the other end
    is to set for itself first.
    """

    def __init__(self, fd: int, end: object) -> None:
        self._fd = fd
        self._end = end
        self._buffer = bytearray()
        self.is_gone = False
        # Of all that was received; see `Decoder`.
        self.is_plain = True

    def ask(self, request: dict, values: list) -> object:
        """Send a request with values; the other end's answer, or the exception that it raised."""
        encoder = Encoder(self._end.refer)
        # A test that catches what is printed catches what the candidate prints as well.
        is_caught = sys.stdout is not sys.__stdout__
        nodes = [encoder.encode(value) for value in values]
        self._send({**request, "setting": self._end.setting(), "catch": is_caught, "values": nodes})
        while True:
            with _Readable():
                message = self._receive()
                is_request = "do" in message
            if is_request:
                self._answer(message)
                continue
            with _Readable():
                if is_caught:
                    sys.stdout.write(message["printed"])
                answer, is_error = self._read(message, encoder.containers)
            if is_error:
                raise answer
            return answer

    def _read(self, reply: dict, known: list) -> "tuple[object, bool]":
        """What a reply comes to, and whether that is an exception; what has changed is changed."""
        decoder = Decoder(self._end.resolve, known)
        try:
            for number, content in reply["changed"]:
                decoder.fill(known[number], content)
            if "error" in reply:
                return self._end.revive(reply["error"], decoder), True
            return decoder.decode(reply["value"]), False
        finally:
            self.is_plain = self.is_plain and decoder.is_plain

    def serve_for_ever(self) -> None:
        """Answer requests until the other end closes the wire."""
        while True:
            self._answer(self._receive())

    def _answer(self, request: dict) -> None:
        decoder = Decoder(self._end.resolve)
        with _Readable():
            values = [decoder.decode(node) for node in request.pop("values")]
            is_caught = request["catch"]
        known = decoder.containers
        before = _contents(self._end.refer, known)
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed) if is_caught else contextlib.nullcontext():
                outcome = {"value": self._end.serve(request, values)}
        except Gone:
            raise
        except BaseException as error:
            outcome = {"error": error}
        reply = self._reply(outcome, known, before)
        try:
            self._send({**reply, "printed": printed.getvalue()})
        except CannotCross as error:
            # Too large as a whole.
            self._send({**self._reply({"error": error}, [], []), "printed": ""})

    def _reply(self, outcome: dict, known: list, before: list) -> dict:
        try:
            encoder = Encoder(self._end.refer, known)
            after = [encoder.content(container) for container in known]
            changed = [[number, now] for number, now in enumerate(after) if now != before[number]]
            if "error" in outcome:
                return {"changed": changed, "error": self._end.describe(outcome["error"], encoder)}
            return {"changed": changed, "value": encoder.encode(outcome["value"])}
        except (CannotCross, RecursionError, ValueError, TypeError) as error:
            encoder = Encoder(self._end.refer)
            return {"changed": [], "error": self._end.describe(error, encoder)}

    def _send(self, message: dict) -> None:
        body = json.dumps(message).encode("ascii")
        if len(body) > MAX_FRAME:
            raise CannotCross(f"a message of {len(body)} bytes is beyond the limit of {MAX_FRAME}")
        try:
            write_all(self._fd, len(body).to_bytes(4, "big") + body)
        except OSError as error:
            raise self._lost() from error

    def _receive(self) -> dict:
        size = int.from_bytes(self._take(4), "big")
        if size > MAX_FRAME:
            raise self._lost()
        return json.loads(self._take(size))

    def _lost(self) -> Gone:
        self.is_gone = True
        return Gone()

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            try:
                data = os.read(self._fd, max(LEAST_READ, min(size - len(self._buffer), MOST_READ)))
            except OSError as error:
                raise self._lost() from error
            if not data:
                raise self._lost()
            self._buffer += data
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


class _Readable:
    """A context for reading what the other end may have made up: whatever comes of it is one thing."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: "type | None", error: "BaseException | None", _: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, MemoryError):
            raise Unreadable(f"what was sent can't be read: {kind.__name__}: {error}") from None


def _contents(refer: object, containers: list) -> list:
    encoder = Encoder(refer, containers)
    return [encoder.content(container) for container in containers]


def encode_exception(error: BaseException, encoder: Encoder, message: str) -> list:
    """The node of an exception; of one whose arguments are no data, with its text in their place."""
    try:
        return encoder.encode(error)
    except BaseException:
        return ["exception", encoder.encode(type(error)), ["tuple", [message]]]
