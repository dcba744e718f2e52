"""What a run has proved so far, kept outside the reach of the program."""

import json

from cases import CaseLog

# More than this is no report of a test.
CAP = 4 << 20
# No line number and no exit code is larger.
MOST = 1 << 31


class Ledger:
    """Reads the program's messages. A line without the run's nonce is ignored, and so is all after the closing one."""

    def __init__(self, cases: "int | None", nonce: str, on_taken: object = None) -> None:
        self.nonce = nonce
        self.is_up = False
        self.is_closed = False
        self.broken: "str | None" = None
        self.end: "str | None" = None
        self.exit_code: "int | None" = None
        self._exception: "dict | None" = None
        self._asserts = 0
        self._is_entered = False
        self._cases = CaseLog(cases)
        self._on_taken = on_taken
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
                self._take(message)

    def facts(self, end: str) -> dict:
        """The part of a test report that rests on the program's own messages."""
        exception = self._exception if end in ("exception", "memory") else None
        return {
            "endOfRun": end,
            "exception": exception,
            "cases": self._cases.statuses(self._stop_status(end)),
            "asserts": self._asserts,
            "entered": self._is_entered,
            "closed": self.is_closed and self.end != "gone",
        }

    def _stop_status(self, end: str) -> str:
        if end == "ok":
            return "passed"
        is_assertion = end == "exception" and (self._exception or {}).get("type") == "AssertionError"
        return "failed" if is_assertion else "error"

    def _take(self, message: dict) -> None:
        kind = message["kind"]
        self._asserts = message["asserts"]
        if kind == "up":
            self.is_up = True
        elif kind == "taken" and self._on_taken is not None:
            self._on_taken()
            self._on_taken = None
        elif kind == "broken":
            self.broken = message["message"]
        elif kind == "plan":
            self._cases.plan(message["total"], message["marked"])
        elif kind == "test":
            self._cases.is_test_running = True
        elif kind == "entered":
            self._is_entered = True
        elif kind == "case":
            self._cases.start(message["case"], message["total"])
        elif kind == "failed":
            self._cases.fail(message["case"])
        elif kind == "end":
            self.is_closed = True
            self.end = message["end"]
            self.exit_code = _whole(message.get("code"))
            self._exception = _exception(message.get("exception"))


def _exception(sent: object) -> "dict | None":
    """
    The facts of an exception, of the types that a report has: parts of them come from objects of the candidate's, and a
    report that nobody can read would look like a fault of the sandbox.
    """
    if not isinstance(sent, dict):
        return None
    texts = {name: str(sent.get(name)) for name in ("type", "message", "trace")}
    return {**texts, "line": _whole(sent.get("line")), "phase": "test" if sent.get("phase") == "test" else "candidate"}


def _whole(number: object) -> "int | None":
    return number if type(number) is int and 0 <= number < MOST else None


def _parse(line: bytes) -> dict:
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}
