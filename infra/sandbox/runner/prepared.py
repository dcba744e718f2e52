"""Makes a test ready to be run, outside of the process that runs it and once for all the programs that it tests."""

import ast
import builtins
import functools
import marshal
import re

from cases import plan_of
from fault import TEST
from instrument import Names, instrument

NAMES = Names("__count_assertion__", "__refute_assertion__", "__observe_print__", "__end_case__")
WORD = re.compile(r"[^\W\d]\w*")
# Tests that are kept, and how many characters the longest of them has: together some tens of megabytes.
KEPT, LONGEST_KEPT = 256, 1 << 16


def prepare(source: str) -> dict:
    """
    What is known of a test from its source alone: its code, instrumented and marshalled (None if it can't be compiled, which
    is to fail when its turn has come), the modules and attributes that it names, the words in it, its plan of cases.
    """
    return _kept(source) if len(source) <= LONGEST_KEPT else _prepare(source)


def compile_test(source: str) -> "tuple[object, ast.Module]":
    """The code of an instrumented test, and its syntax tree. Raises what compiling it raises."""
    tree = instrument(source, TEST, NAMES)
    return compile(tree, TEST, "exec", dont_inherit=True), tree


def _prepare(source: str) -> dict:
    facts = {"source": source, "words": _words(source), "plan": plan_of(source)}
    try:
        code, tree = compile_test(source)
    except Exception:
        return {**facts, "code": None, "imports": [], "attributes": []}
    # Most tests import nothing, and need not be looked through for it.
    nodes = list(ast.walk(tree)) if "import" in source else []
    # Names of attributes as well: `numpy.testing` may be imported when it is first used.
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return {**facts, "code": marshal.dumps(code), "imports": _imports(nodes), "attributes": sorted(attributes)}


_kept = functools.lru_cache(KEPT)(_prepare)


def _words(source: str) -> "set[str]":
    """Names that a test may have of its candidate: those that it mentions, but none that Python itself gives it."""
    return {word for word in WORD.findall(source) if not word.startswith("__")} - vars(builtins).keys()


def _imports(nodes: "list[ast.AST]") -> "list[str]":
    """Names of the modules that import statements name, each once."""
    names: "dict[str, None]" = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            names.update(dict.fromkeys(alias.name for alias in node.names))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names[node.module] = None
    return [name for name in names if name not in ("candidate", "__main__")]
