"""The facts of an exception that ended a program: type, message, line, trace and where it came from."""

import linecache
import traceback

from names import class_name
from tracing import trace_of

CANDIDATE, TEST = "candidate.py", "test.py"
TYPE_CAP, MESSAGE_CAP, TRACE_CAP = 200, 2_000, 8_000


def describe(error: BaseException, in_test: bool, sources: "dict[str, str]", runner: str) -> dict:
    """
    The `ProgramException` of a test report. `in_test` says whether the test had begun, `sources` are the texts to
    quote lines from, `runner` is the folder whose frames are left out.
    """
    for name, text in sources.items():
        linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    line = _candidate_line(error)
    is_candidate = line is not None or not in_test
    return {
        "type": clip(class_name(type(error)), TYPE_CAP),
        "message": clip(_text(error), MESSAGE_CAP),
        "line": line,
        "trace": clip(_trace(error, runner), TRACE_CAP),
        "phase": "candidate" if is_candidate else "test",
        **trace_of(error, CANDIDATE, TEST, sources.get(CANDIDATE, ""), runner),
    }


def splice(trace: str, error: BaseException, runner: str) -> str:
    """The trace of the candidate's process, with the frames of the grader's in front: those that led to the call."""
    shown = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_shown(frame, runner)]
    before, header, after = trace.rpartition("Traceback (most recent call last):\n")
    return clip(before + header + "".join(traceback.format_list(shown)) + after, TRACE_CAP)


def clip(text: str, cap: int) -> str:
    """At most `cap` characters: the start and the end; lone surrogates escaped."""
    if len(text) > cap:
        mark = "\n...\n"
        half = (cap - len(mark)) // 2
        text = text[:half] + mark + text[len(text) - half :]
    return text.encode("utf-8", "backslashreplace").decode("utf-8")[:cap]


def _text(error: BaseException) -> str:
    """The candidate may define __str__, so it may do anything; what that returns may be a text with methods of its own."""
    try:
        return "".join([str(error)])
    except BaseException:
        return "<the exception's text can't be had>"


def _candidate_line(error: BaseException) -> "int | None":
    line = None
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == CANDIDATE:
            line = number
    if line is None and isinstance(error, SyntaxError) and error.filename == CANDIDATE:
        return error.lineno
    return line


def _trace(error: BaseException, runner: str) -> str:
    try:
        report = traceback.TracebackException.from_exception(error)
        _hide_runner(report, runner, set())
        return "".join(report.format())
    except BaseException:
        return "<the trace can't be had>"


def _is_shown(frame: traceback.FrameSummary, runner: str) -> bool:
    """Neither a frame of the runner's, nor a statement of a test that `split_cases` has put in behind its end."""
    added = frame.filename == TEST and frame.lineno > len(linecache.getlines(TEST))
    return not added and not frame.filename.startswith(runner)


def _hide_runner(report: "traceback.TracebackException | None", runner: str, seen: "set[int]") -> None:
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    shown = [frame for frame in report.stack if _is_shown(frame, runner)]
    report.stack = traceback.StackSummary.from_list(shown)
    _hide_runner(report.__cause__, runner, seen)
    _hide_runner(report.__context__, runner, seen)
