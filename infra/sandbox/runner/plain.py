"""
Tests after which nothing is left in the process that ran them: they compute and assert, and reach nothing that the next test in
that process would find changed. Told from their source alone; in doubt a test is none of these.
"""

import ast
import builtins
import functools

from prepared import KEPT, LONGEST_KEPT

# Modules without a state that a test could see.
MODULES = frozenset("collections copy fractions functools itertools math operator re string typing".split())
FUNCTIONS = frozenset(
    "abs all any ascii bin bool bytes callable chr complex dict divmod enumerate filter float format frozenset hash int "
    "isinstance issubclass iter len list map max min next object ord pow print range repr reversed round set slice sorted "
    "str sum tuple type zip Ellipsis NotImplemented".split()
)
ERRORS = frozenset(name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception))
REFUSED = (
    ast.ClassDef,
    ast.AsyncFunctionDef,
    ast.Await,
    ast.AsyncFor,
    ast.AsyncWith,
    ast.With,
    ast.Yield,
    ast.YieldFrom,
    ast.Global,
    ast.Nonlocal,
)
# Of frames, code and generators: ways from a value to the interpreter.
PREFIXES = ("_", "f_", "tb_", "gi_", "co_", "cr_", "ag_")


def is_plain(source: str) -> bool:
    """Whether this is all that a source does when it runs."""
    return len(source) <= LONGEST_KEPT and _is_all_plain(source)


@functools.lru_cache(KEPT)
def _is_all_plain(source: str) -> bool:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return all(map(_is_plain, ast.walk(tree)))


def _is_plain(node: ast.AST) -> bool:
    if isinstance(node, REFUSED):
        return False
    if isinstance(node, ast.Import):
        return all(alias.name in MODULES for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.level == 0 and node.module in MODULES
    if isinstance(node, ast.FunctionDef):
        return not node.decorator_list
    if isinstance(node, ast.Attribute):
        return isinstance(node.ctx, ast.Load) and not node.attr.startswith(PREFIXES)
    if isinstance(node, ast.Name):
        return node.id in FUNCTIONS or node.id in ERRORS or not (hasattr(builtins, node.id) or node.id.startswith("__"))
    return True
