"""Executes the two sources of a run: a candidate as a module, a test as the main program."""

import ast
import linecache
import sys
import types

from evidence import Evidence
from fault import CANDIDATE, TEST
from instrument import instrument

COUNT, OBSERVE = "__count_assertion__", "__observe_print__"


def run_candidate(program: str) -> types.ModuleType:
    """Execute the candidate as a module of its own, not as the main program: its demonstrations stay quiet."""
    module = types.ModuleType("candidate")
    module.__file__ = CANDIDATE
    sys.modules["candidate"] = module
    linecache.cache[CANDIDATE] = (len(program), None, program.splitlines(True), CANDIDATE)
    exec(compile(program, CANDIDATE, "exec", dont_inherit=True), module.__dict__)
    return module


def run_test(test: str, names: dict, evidence: Evidence) -> None:
    """Execute the test, instrumented, as the main program; it finds `names` there."""
    main = types.ModuleType("__main__")
    main.__dict__.update(names, __file__=TEST)
    setattr(main, COUNT, evidence.count)
    setattr(main, OBSERVE, evidence.observe)
    sys.modules["__main__"] = main
    code = compile(instrument(ast.parse(test, TEST), COUNT, OBSERVE), TEST, "exec", dont_inherit=True)
    exec(code, main.__dict__)
