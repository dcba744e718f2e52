"""One end of the wire between a candidate and its grader: requests, replies, and requests within requests."""

import itertools
import threading

from beside import caught, show, warn_again, watched
from codec import CannotCross, Decoder, Encoder
from talks import MAIN, Gone, Readable, Talks


class Peer:
    """
    Asks the other end and answers it. `serve(request, values)` carries out a request and returns its value, or raises;
    `refer(value)` gives the node of a value that stays here, as `stays(kind)` says; `resolve(node)` the stand-in for what stays
    there; `describe(error)` turns an exception into a node, `revive(node)` a node into an exception; `setting()` is what the other
    end is to set for itself first.
    """

    def __init__(self, fd: int, end: object) -> None:
        self._talks = Talks(fd, self.serve_for_ever)
        self._end = end
        self._requests = itertools.count()
        # What has numbers at this end gets them in one thread at a time.
        self._numbering = threading.RLock()
        self._is_read_plain = True

    @property
    def is_gone(self) -> bool:
        """The other end has closed the wire, and somebody has met that."""
        return self._talks.is_gone

    @property
    def is_plain(self) -> bool:
        """Nothing but plain values was received, see `Decoder`, and in one thread."""
        return self._is_read_plain and not self._talks.is_threaded

    def ask(self, request: dict, values: list) -> object:
        """Send a request with values; the other end's answer, or the exception that it raised. Any thread may ask."""
        with self._numbering:
            encoder = Encoder(self._end)
            nodes = [encoder.encode(value) for value in values]
        number = next(self._requests)
        self._talks.send({**request, **watched(), "ask": number, "setting": self._end.setting(), "values": nodes})
        while True:
            message = self._talks.receive()
            if "do" in message:
                self._answer(message)
            # Another is for who was interrupted, as by a signal, and no longer waits.
            elif message.get("to") == number:
                return self._take(message, encoder.containers)

    def _take(self, reply: dict, known: list) -> object:
        with Readable(), self._numbering:
            show(reply)
            warned = [self._read({"changed": (), "error": node}, [])[0] for node in reply.get("warned", ())]
            answer, is_error = self._read(reply, known)
        warn_again(warned)
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
            self._is_read_plain = self._is_read_plain and decoder.is_plain

    def serve_for_ever(self) -> None:
        """Answer what is asked in this thread's talk until the other end closes the wire."""
        while True:
            message = self._talks.receive()
            # Another message is an answer that came too late.
            if "do" in message:
                self._answer(message)

    def _answer(self, request: dict) -> None:
        decoder = Decoder(self._end.resolve)
        known = decoder.containers
        with self._numbering:
            try:
                with Readable():
                    values = [decoder.decode(node) for node in request.pop("values")]
                    number = request["ask"]
                    show(request)
            finally:
                self._is_read_plain = self._is_read_plain and decoder.is_plain
            before = _contents(self._end, known)
        # Streams and filters are those of a whole process: several threads would leave each other's in their place.
        with caught(request if self._talks.mine() == MAIN else {}) as beside:
            try:
                outcome = {"value": self._end.serve(request, values)}
            except Gone:
                raise
            except BaseException as error:
                outcome = {"error": error}
        with self._numbering:
            reply = {"to": number, **self._reply(outcome, known, before)}
            if beside.warned:
                reply["warned"] = [_warning(self._end, *each) for each in beside.warned]
        try:
            self._talks.send({**reply, **beside.printed.taken()})
        except CannotCross as error:
            # Too large as a whole.
            self._talks.send({"to": number, **self._reply({"error": error}, [], [])})

    def _reply(self, outcome: dict, known: list, before: list) -> dict:
        try:
            after = _contents(self._end, known)
            # What is not sent gets no numbers: the other end counts what it reads.
            encoder = Encoder(self._end, known)
            differing = [number for number, now in enumerate(after) if now != before[number]]
            changed = [[number, encoder.content(known[number])] for number in differing]
            if "error" in outcome:
                return {"changed": changed, "error": self._end.describe(outcome["error"], encoder)}
            return {"changed": changed, "value": encoder.encode(outcome["value"])}
        except Exception as error:
            # Such as of a dict that another thread changes meanwhile.
            if isinstance(error, MemoryError):
                raise
            encoder = Encoder(self._end)
            return {"changed": [], "error": self._end.describe(error, encoder)}


def _contents(end: object, containers: list) -> list:
    encoder = Encoder(end, containers)
    return [encoder.content(container) for container in containers]


def _warning(end: object, warning: Warning, text: str) -> dict:
    """As an end describes an exception, but for where it comes from: to look for that takes long, and there may be many."""
    return {"facts": {"message": text, "line": None, "trace": ""}, "raised": encode_exception(warning, Encoder(end), text)}


def encode_exception(error: BaseException, encoder: Encoder, message: str) -> list:
    """The node of an exception; of one whose arguments are no data, with its text in their place."""
    try:
        return encoder.encode(error)
    except BaseException:
        return ["exception", encoder.encode(type(error)), ["tuple", [message]]]
