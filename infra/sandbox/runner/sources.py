"""Executes the two sources of a run: a candidate as a module, a test as the main program."""

import builtins
import linecache
import marshal
import sys
import types

import units
from evidence import Evidence
from fault import CANDIDATE, TEST
from prepared import NAMES, compile_test

# A copy that a test has to itself: what a program puts in a built-in's place is not in here.
BUILTINS = dict(vars(builtins))


def run_candidate(program: str) -> types.ModuleType:
    """Execute the candidate as a module of its own, not as the main program: its demonstrations stay quiet."""
    module = types.ModuleType("candidate")
    module.__file__ = CANDIDATE
    sys.modules["candidate"] = module
    linecache.cache[CANDIDATE] = (len(program), None, program.splitlines(True), CANDIDATE)
    exec(compile(program, CANDIDATE, "exec", dont_inherit=True), module.__dict__)
    return module


class Test:
    """A test with what it uses made ready before a candidate could interfere; `prepared` as `prepare` makes it."""

    def __init__(self, prepared: dict, evidence: Evidence) -> None:
        code = prepared["code"]
        self._code = compile_test(prepared["source"])[0] if code is None else marshal.loads(code)
        self._evidence = evidence
        self._builtins = BUILTINS
        self._exec = exec
        uses_unittest = any(name.partition(".")[0] == "unittest" for name in prepared["imports"])
        self._unittest = _unittest() if uses_unittest else None
        self._heard = self._unittest and units.listen(self._unittest, evidence.send)

    def run(self, names: dict) -> None:
        """Execute it, instrumented, as the main program; it finds `names` there. Then its `unittest` classes."""
        main = types.ModuleType("__main__")
        main.__dict__.update(names, __file__=TEST, __builtins__=self._builtins)
        for name, function in zip(NAMES, self._evidence.hooks()):
            setattr(main, name, function)
        sys.modules["__main__"] = main
        self._exec(self._code, main.__dict__)
        if self._unittest is not None:
            units.run_unclaimed(self._unittest, main.__dict__, self._heard, self._evidence.send)


def _unittest() -> types.ModuleType:
    import unittest

    return unittest
