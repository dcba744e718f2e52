"""Which cases of a test were reached and how each ended, from the events of an instrumented run."""

import re

STARTED = re.compile(r"^\s*test(?:ing)? case \[\s*(\d+)\s*/\s*(\d+)\s*\] started", re.IGNORECASE | re.MULTILINE)
FAILED = re.compile(r"test(?:ing)? case \[\s*(\d+)\s*/\s*(\d+)\s*\] failed", re.IGNORECASE)
# No test has more; a larger number is a slip in a marker.
MOST = 10_000
STATUSES = ("passed", "failed", "error", "not-run")
MARKER = re.compile(r"test(?:ing)? case \[[^\]\n]*\] started", re.IGNORECASE)
_COUNT = re.compile(r"\[\s*\d+\s*/\s*(\d+)\s*\] started", re.IGNORECASE)


class CaseLog:
    """
    AICoderEval tests print a marker before each case. Most tell how each ended; of others a case has passed when a later
    one started or the test ended. An assertion that did not hold fails its case, whoever caught it. Of a test without markers each test of its `unittest` classes is a case; one that has
    neither is one case.
    """

    def __init__(self, declared: "int | None") -> None:
        self.total = declared
        self.marked = False
        self.is_test_running = False
        self._started: "list[int]" = []
        self._ended: "dict[int, str]" = {}
        self._units: "list[str]" = []
        self._is_refuted = False

    def plan(self, total: "int | None", marked: bool) -> None:
        """What the test's source tells: see `plan_of`; or how many tests its `unittest` classes hold."""
        self.total = self.total or (total and min(total, MOST))
        self.marked = marked

    def start(self, case: int, total: int) -> None:
        """The marker of a case was printed."""
        self.marked = True
        self.total = min(self.total or total, MOST)
        self._started.append(case)

    def fail(self, case: int) -> None:
        """The test said that a case failed."""
        self._ended[case] = "failed"

    def refute(self) -> None:
        """An assertion of the test did not hold."""
        self._is_refuted = True
        if self.marked:
            self._ended[self._started[-1] if self._started else 1] = "failed"

    def end_unit(self, status: str) -> None:
        """A marked case, or a test of a `unittest` class, came to its end."""
        if not self.marked:
            self._units.append("failed" if self._is_refuted and status == "passed" else status)
            self._is_refuted = False
        elif self._started:
            case = self._started[-1]
            self._ended[case] = self._ended.get(case, status) if status == "passed" else status

    def statuses(self, end: str) -> "list[str]":
        """The status of each case; `end` is that of the case at which the run stopped: passed, failed or error."""
        if self._units and not self.marked:
            return self._unit_statuses(end)
        if not self.marked and self.total in (None, 1):
            if not self.is_test_running:
                return ["not-run"]
            return ["failed" if (self._ended or self._is_refuted) and end == "passed" else end]
        # A test whose number of cases is never learnt still owes one.
        return [self._status(case, end) for case in range(1, (self.total or 1) + 1)]

    def _status(self, case: int, end: str) -> str:
        if case in self._ended:
            return self._ended[case]
        if case not in self._started:
            return "not-run"
        return end if case == self._started[-1] else "passed"

    def _unit_statuses(self, end: str) -> "list[str]":
        """What went wrong beside them, or in the one that was under way, is a case more."""
        is_told = any(status in ("failed", "error") for status in self._units)
        found = self._units if end == "passed" or is_told else [*self._units, end]
        return found + ["not-run"] * ((self.total or 0) - len(found))


def plan_of(test: str) -> dict:
    """From the source of a test: how many cases its markers count up to, and whether it has any."""
    return {"total": max(map(int, _COUNT.findall(test)), default=None), "marked": MARKER.search(test) is not None}
