"""What an end does beside giving an answer, where the other one watches for it: what is printed, and warnings."""

import contextlib
import io
import sys
import threading
import typing
import warnings

# Of nobody who catches warnings: `catch_warnings` puts a copy in its place.
_FILTERS = warnings.filters
# Those of this end while it catches for the other one.
_own: list = []
# What `simplefilter("ignore")` puts in front: nobody wants to know.
_IGNORED = ("ignore", None, Warning, None, 0)
# Of one request; a program that warns in a loop is no use to a test.
MOST_WARNINGS = 1_000


class Printed(io.StringIO):
    """What is printed meanwhile, by any thread."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()

    def write(self, text: str) -> int:
        with self._lock:
            return super().write(text)

    def taken(self) -> dict:
        """As a part of a message, and no longer here; nothing in most cases."""
        with self._lock:
            text = self.getvalue()
            self.seek(0)
            self.truncate()
        return {"printed": text} if text else {}


class Beside(typing.NamedTuple):
    """What was caught, as it comes."""

    printed: Printed
    warned: "list[tuple[Warning, str]]"


def watched() -> dict:
    """
    As a part of a request: what somebody at this end catches, if it happens here, and the other is to send; what this end has
    caught for the other one, which catches the rest itself: what has been printed, ahead of what is asked for. Nothing in most cases.
    """
    told = {}
    if type(sys.stdout) is Printed:
        told = sys.stdout.taken()
    elif sys.stdout is not sys.__stdout__:
        told["prints"] = True
    if _are_watched(warnings.filters):
        told["warnings"] = True
    return told


def _are_watched(filters: list) -> bool:
    """Whether warnings at this end are for somebody here."""
    return filters is not _FILTERS and filters[:1] != [_IGNORED] and not any(filters is each for each in _own)


def show(message: dict) -> None:
    """Print what was printed at the other end."""
    if "printed" in message:
        sys.stdout.write(message["printed"])


def warn_again(warned: list) -> None:
    """Warn of what the other end was warned of, if it was asked to tell. A test's filters may make that an exception."""
    for warning in warned if warnings.filters is not _FILTERS else ():
        warnings.warn(warning)


def caught(request: dict) -> "contextlib.AbstractContextManager[Beside]":
    """A context that catches what whoever asks does. For one thread alone: streams and filters are those of a whole process."""
    prints, warns = "prints" in request, "warnings" in request
    return _catching(prints, warns) if prints or warns else _QUIET


@contextlib.contextmanager
def _catching(prints: bool, warns: bool) -> "typing.Iterator[Beside]":
    with contextlib.ExitStack() as stack:
        printed = Printed()
        if prints:
            stack.enter_context(contextlib.redirect_stdout(printed))
        warned: list = []

        def note(message: Warning, *_: object) -> None:
            if len(warned) < MOST_WARNINGS:
                warned.append((message, str(message)))

        if warns:
            stack.enter_context(warnings.catch_warnings())
            warnings.showwarning = note
            # Which of them count is for the filters of who watches.
            warnings.simplefilter("always")
            _own.append(warnings.filters)
            stack.callback(_own.pop)
        yield Beside(printed, warned)


_QUIET = contextlib.nullcontext(Beside(Printed(), []))
