"""Runs a candidate and its test in one process (`in-process` grading), instrumented."""

import ast
import linecache
import os
import signal
import sys
import types

from cases import plan_of
from evidence import Evidence
from fault import CANDIDATE, TEST, describe
from fresh import RUNNER, exit_code, flush, fresh_interpreter
from instrument import instrument


def grade(job: dict, evidence: Evidence) -> None:
    """Run to the end and send the closing message. Never returns; what the program forks ends here as well."""
    fresh_interpreter()
    evidence.send("plan", **plan_of(job["test"]))
    streams = (sys.stdout, sys.stderr)
    leave, pause = os._exit, signal.pause
    closing = _run(job, evidence)
    for stream in (*streams, getattr(sys, "stdout", None), getattr(sys, "stderr", None)):
        flush(stream)
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
        return {"end": "exit", "code": exit_code(error.code)}
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
    code = compile(instrument(ast.parse(test, TEST), count, observe), TEST, "exec", dont_inherit=True)
    exec(code, main.__dict__)
