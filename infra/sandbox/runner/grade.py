"""Runs a candidate and its test in one process (`in-process` grading), instrumented."""

import linecache
import os
import signal
import sys
import types
import warnings

from evidence import Evidence
from fault import CANDIDATE, TEST, clip, describe
from instrument import instrument

RUNNER = os.path.dirname(os.path.abspath(__file__))
OWN_MODULES = [name.removesuffix(".py") for name in os.listdir(RUNNER)]
EXIT_TEXT_CAP = 2_000


def grade(job: dict, evidence: Evidence) -> None:
    """Run to the end and send the closing message. Never returns; what the program forks ends here as well."""
    _fresh_interpreter()
    streams = (sys.stdout, sys.stderr)
    leave, pause = os._exit, signal.pause
    closing = _run(job, evidence)
    for stream in (*streams, getattr(sys, "stdout", None), getattr(sys, "stderr", None)):
        _flush(stream)
    if not evidence.is_owner():
        leave(0 if closing["end"] == "ok" else 1)
    evidence.send("end", **closing)
    # The supervisor takes stock of what still runs, then ends the namespace.
    while True:
        pause()


def _run(job: dict, evidence: Evidence) -> dict:
    in_test = False
    sources = {CANDIDATE: job["program"]}
    try:
        candidate = _run_candidate(job["program"])
        in_test = True
        sources[TEST] = job["test"]
        evidence.send("test")
        _run_test(job["test"], job["entryPoint"], candidate, evidence)
        return {"end": "ok"}
    except SystemExit as error:
        return {"end": "exit", "code": _exit_code(error.code)}
    except BaseException as error:
        facts = describe(error, in_test, sources, RUNNER)
        if in_test:
            evidence.observe_text(facts["message"])
        return {"end": "memory" if isinstance(error, MemoryError) else "exception", "exception": facts}


def _run_candidate(program: str) -> types.ModuleType:
    """Execute the candidate as a module of its own, not as the main program: its demonstrations stay quiet."""
    module = types.ModuleType("candidate")
    module.__file__ = CANDIDATE
    sys.modules["candidate"] = module
    linecache.cache[CANDIDATE] = (len(program), None, program.splitlines(True), CANDIDATE)
    exec(compile(program, CANDIDATE, "exec", dont_inherit=True), module.__dict__)
    return module


def _run_test(test: str, entry_point: str, candidate: types.ModuleType, evidence: Evidence) -> None:
    """Execute the test as the main program; it sees the candidate's names."""
    main = types.ModuleType("__main__")
    inherited = {name: value for name, value in vars(candidate).items() if name not in vars(main)}
    main.__dict__.update(inherited, __file__=TEST)
    if entry_point in inherited:
        setattr(main, entry_point, evidence.watch(inherited[entry_point]))
    count, observe = "__count_assertion__", "__observe_print__"
    setattr(main, count, evidence.count)
    setattr(main, observe, evidence.observe)
    sys.modules["__main__"] = main
    code = compile(instrument(test, count, observe), TEST, "exec", dont_inherit=True)
    exec(code, main.__dict__)


def _fresh_interpreter() -> None:
    """Leave nothing of the runner where a program looks: arguments, paths, modules, streams."""
    sys.argv = [TEST]
    sys.path[:] = [path for path in sys.path if path != RUNNER]
    # Last, so that a file which the program writes can't stand in for a library that the test imports.
    sys.path.append(os.getcwd())
    sys.modules["__main__"] = types.ModuleType("__main__")
    for name in OWN_MODULES:
        sys.modules.pop(name, None)
    warnings.resetwarnings()
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.__stdout__ = _stream(1, "surrogateescape")
    sys.stderr = sys.__stderr__ = _stream(2, "backslashreplace")


def _stream(fd: int, errors: str) -> object:
    """Flushed at each line: what was printed before a kill is kept."""
    return open(fd, "w", encoding="utf-8", errors=errors, buffering=1, closefd=False)


def _flush(stream: object) -> None:
    try:
        stream.flush()
    except BaseException:
        pass


def _exit_code(code: object) -> int:
    """As the interpreter has it: None is 0, a text goes to stderr and is 1."""
    if code is None or isinstance(code, int):
        return (code or 0) & 0xFF
    print(clip(str(code), EXIT_TEXT_CAP), file=sys.stderr)
    return 1
