"""Executes the two sources of a run: a candidate as a module, a test as the main program."""

import ast
import builtins
import linecache
import sys
import types

import units
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


class Test:
    """A test, compiled and with what it uses made ready before a candidate could interfere."""

    def __init__(self, source: str, evidence: Evidence) -> None:
        tree = instrument(source, TEST, COUNT, OBSERVE)
        self._code = compile(tree, TEST, "exec", dont_inherit=True)
        # Most tests import nothing, and need not be looked through for it.
        nodes = list(ast.walk(tree)) if "import" in source else []
        self.imports = _imports(nodes)
        # Names of attributes as well: `numpy.testing` may be imported when it is first used.
        self.attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        self._evidence = evidence
        # A copy: what a program puts in a built-in's place is not in here.
        self._builtins = dict(vars(builtins))
        self._exec = exec
        self._unittest = _unittest() if any(name.partition(".")[0] == "unittest" for name in self.imports) else None
        self._heard = self._unittest and units.listen(self._unittest, evidence.send)

    def run(self, names: dict) -> None:
        """Execute it, instrumented, as the main program; it finds `names` there. Then its `unittest` classes."""
        main = types.ModuleType("__main__")
        main.__dict__.update(names, __file__=TEST, __builtins__=self._builtins)
        setattr(main, COUNT, self._evidence.count)
        setattr(main, OBSERVE, self._evidence.observe())
        sys.modules["__main__"] = main
        self._exec(self._code, main.__dict__)
        if self._unittest is not None:
            units.run_unclaimed(self._unittest, main.__dict__, self._heard, self._evidence.send)


def _unittest() -> types.ModuleType:
    import unittest

    return unittest


def _imports(nodes: "list[ast.AST]") -> "list[str]":
    """Names of the modules that import statements name, each once."""
    names: "dict[str, None]" = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            names.update(dict.fromkeys(alias.name for alias in node.names))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names[node.module] = None
    return [name for name in names if name not in ("candidate", "__main__")]
