"""What a run has proved so far, kept outside the reach of the program."""

import json

from cases import STATUSES, CaseLog
from traced import read_failure, read_line, read_trace

# More than this is no report of a test.
CAP = 4 << 20
# No line number and no exit code is larger.
MOST = 1 << 31
ENDS = ("ok", "exception", "exit", "memory", "gone")
FORGED = "a message on the runner's own channel that the runner never sends"


class Ledger:
    """Reads the program's messages. A line without the run's nonce is ignored, and so is all after the closing one."""

    def __init__(self, nonce: str, cases: CaseLog, is_up: bool) -> None:
        self.nonce = nonce
        # Its walls stand. Those of a room are known to before a program is started there.
        self.is_up = is_up
        self.is_closed = False
        # The process that closed it is as good as new.
        self.goes_on = False
        # Processor time that this process had taken by then.
        self.cpu_seconds = 0.0
        self.broken: "str | None" = None
        self.end: "str | None" = None
        self.exit_code: "int | None" = None
        self._exception: "dict | None" = None
        self._failure: "dict | None" = None
        self._asserts = 0
        self._is_entered = False
        self._tampered: "str | None" = None
        self._wants_network = False
        self._cases = cases
        self._bytes = 0
        self._rest = b""

    def add(self, data: bytes) -> None:
        """Take bytes from the channel."""
        self._bytes += len(data)
        if self._bytes > CAP:
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            message = _parse(line)
            if message.get("nonce") == self.nonce and not self.is_closed:
                self._take_or_suspect(message)

    def facts(self, end: str) -> dict:
        """The part of a test report that rests on the program's own messages."""
        exception = self._exception if end in ("exception", "memory") else None
        statuses = self._cases.statuses(self._stop_status(end))
        return {
            "endOfRun": end,
            "exception": exception,
            "cases": statuses,
            "failure": self._failed_case(statuses) if exception else None,
            "asserts": self._asserts,
            "entered": self._is_entered,
            "closed": self.is_closed and self.end != "gone",
            "tampered": self._tampered,
            "network": self._wants_network,
        }

    def _failed_case(self, statuses: "list[str]") -> "dict | None":
        failed = next((number for number, status in enumerate(statuses) if status in ("failed", "error")), None)
        return None if failed is None or self._failure is None else {"index": failed, **self._failure}

    def _stop_status(self, end: str) -> str:
        if end == "ok":
            return "passed"
        is_assertion = end == "exception" and (self._exception or {}).get("type") == "AssertionError"
        return "failed" if is_assertion else "error"

    def _take_or_suspect(self, message: dict) -> None:
        """A message that can't be read has the nonce, so a program has found it."""
        try:
            self._take(message)
        except (KeyError, ValueError):
            self._tampered = self._tampered or FORGED

    def _take(self, message: dict) -> None:
        kind = message["kind"]
        self._asserts = _number(message["asserts"])
        if kind == "up":
            self.is_up = True
        elif kind == "broken":
            self.broken = str(message["message"])
        elif kind == "test":
            self._cases.is_test_running = True
        elif kind == "entered":
            self._is_entered = True
        elif kind == "network":
            self._wants_network = True
        elif kind == "tampered":
            self._tampered = self._tampered or str(message["what"])
        elif kind == "end":
            self._close(message)
        else:
            self._take_case(kind, message)

    def _take_case(self, kind: str, message: dict) -> None:
        if kind == "case":
            self._cases.start(_number(message["case"]), _number(message["total"]))
        elif kind == "failed":
            self._cases.fail(_number(message["case"]))
        elif kind == "refuted":
            self._cases.refute()
        elif kind == "units":
            self._cases.plan(_number(message["total"]), self._cases.marked)
        elif kind == "unit":
            self._cases.end_unit(_one_of(STATUSES, message["status"]))
        else:
            raise ValueError(f"no such message: {kind}")

    def _close(self, message: dict) -> None:
        self.end = _one_of(ENDS, message["end"])
        self.is_closed = True
        self.goes_on = message.get("goesOn") is True
        self.cpu_seconds = (_whole(message.get("cpuMs")) or 0) / 1000
        self.exit_code = _whole(message.get("code"))
        self._exception = _exception(message.get("exception"))
        self._failure = read_failure(message.get("failure"))


def _exception(sent: object) -> "dict | None":
    """
    The facts of an exception, of the types that a report has: parts of them come from objects of the candidate's, and a
    report that nobody can read would look like a fault of the sandbox.
    """
    if not isinstance(sent, dict):
        return None
    texts = {name: str(sent.get(name)) for name in ("type", "message", "trace")}
    phase = "test" if sent.get("phase") == "test" else "candidate"
    return {**texts, "line": read_line(sent.get("line")), "phase": phase, **read_trace(sent)}


def _whole(number: object) -> "int | None":
    return number if type(number) is int and 0 <= number < MOST else None


def _number(sent: object) -> int:
    """Raises ValueError for what is none."""
    number = _whole(sent)
    if number is None:
        raise ValueError("not a number that is ever sent")
    return number


def _one_of(known: tuple, sent: object) -> str:
    """Raises ValueError for another."""
    return known[known.index(sent)]


def _parse(line: bytes) -> dict:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}
