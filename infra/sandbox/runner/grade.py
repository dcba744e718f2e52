"""Runs a candidate and its test in one process (`in-process` grading), instrumented."""

import builtins
import os
import signal
import sys
import types

import audit
from evidence import Evidence
from failure import failed_case
from fault import CANDIDATE, TEST, describe
from fresh import RUNNER, begin, exit_code, flush
from seal import Seal
from sources import Test, run_candidate
from stops import unexpected_stops

__builtins__ = dict(vars(builtins))
PYTHONS_OWN = frozenset(vars(types.ModuleType("__main__"))).union(__builtins__)


def grade(job: dict, evidence: Evidence) -> None:
    """Run to the end and send the closing message. Never returns; what the program forks ends here as well."""
    begin()
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
        # Before the candidate, which could replace whatever reads, compiles and runs it.
        prepared = _prepare(job["test"], evidence)
        audit.watch(evidence.send)
        candidate = run_candidate(job["program"])
        in_test = True
        sources[TEST] = job["test"]["source"]
        evidence.send("test")
        _run_test(prepared, _names(candidate, job, evidence), evidence)
        return {"end": "ok"}
    except SystemExit as error:
        return {"end": "exit", "code": exit_code(error.code)}
    except BaseException as error:
        facts = describe(error, in_test, sources, RUNNER)
        if in_test:
            evidence.observe_text(facts["message"])
        failure = failed_case(error, job["test"]["source"])
        return {"end": "memory" if isinstance(error, MemoryError) else "exception", "exception": facts, "failure": failure}


def _prepare(prepared: dict, evidence: Evidence) -> "tuple[Test, Seal] | Exception":
    """The test and the seal over what it uses. A test that can't be compiled fails when its turn has come."""
    try:
        return Test(prepared, evidence), Seal(prepared["imports"], prepared["attributes"])
    except Exception as error:
        return error


def _run_test(prepared: "tuple[Test, Seal] | Exception", names: dict, evidence: Evidence) -> None:
    if isinstance(prepared, Exception):
        raise prepared
    test, seal = prepared
    seal.restore()
    test.run(names)
    broken = seal.broken_by()
    if broken is not None:
        evidence.send("tampered", what=broken)


def _names(candidate: types.ModuleType, job: dict, evidence: Evidence) -> dict:
    """
    What the test sees of the candidate: every name but those that Python itself gives it, the function under test
    reporting its first call.
    """
    entry_point = job["entryPoint"]
    names = {
        name: value for name, value in vars(candidate).items() if name not in PYTHONS_OWN or name == entry_point
    }
    if entry_point in names:
        names[entry_point] = evidence.watch(names[entry_point], unexpected_stops(job["test"]["source"]))
    return names
