"""Gives each case of a test a `try` of its own: one that fails does not hide what becomes of those after it."""

import ast
import re
import typing

from cases import MARKER

FINISHED = re.compile(r"testing (successfully )?(finished|completed)", re.IGNORECASE)
CAUGHT, FIRST = "__caught__", "__case_error__"
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
LOOPS = (ast.For, ast.AsyncFor, ast.While)


def split_cases(tree: ast.Module, end: str) -> None:
    """
    Change a test in place. Where the markers of several cases stand side by side, what precedes the first is common to all,
    and a case reaches from its marker to the next. `end(error)` is called as each ends, with None if it raised nothing; the
    first error of all is raised again after the last case, or before the test says that it has finished. Cases in a loop,
    or with a `return` that would leave the rest out, stay as they are.
    """
    last = 1 + max((node.end_lineno or 0 for node in tree.body), default=0)
    for block in list(_blocks(tree, False)):
        starts = [at for at, statement in enumerate(block) if MARKER.search(_printed(statement))]
        if len(starts) > 1 and not any(map(_returns, block)):
            block[:] = _split(block, starts, end, last)
    ast.fix_missing_locations(tree)


def _blocks(node: ast.AST, in_loop: bool) -> "typing.Iterator[list[ast.stmt]]":
    """Every list of statements that is run once, but those of classes."""
    in_loop = isinstance(node, LOOPS) or in_loop and not isinstance(node, SCOPES)
    for name, value in ast.iter_fields(node):
        if not isinstance(value, list) or not value or not isinstance(value[0], (ast.stmt, ast.ExceptHandler)):
            continue
        if name != "handlers" and not in_loop and not isinstance(node, ast.ClassDef):
            yield value
        for statement in list(value):
            yield from _blocks(statement, in_loop)


def _split(block: "list[ast.stmt]", starts: "list[int]", end: str, last: int) -> "list[ast.stmt]":
    tail = len(block)
    while FINISHED.search(_printed(block[tail - 1])):
        tail -= 1
    split = [*block[: starts[0]], *_parsed(f"{FIRST} = None", block[starts[0]])]
    for start, stop in zip(starts, [*starts[1:], tail]):
        split += [block[start], _guarded(block[start + 1 : stop], block[start], end)]
    raising = _parsed(f"if {FIRST} is not None:\n    raise {FIRST}", block[-1])
    # A line that the test does not have: no trace shows it.
    for node in ast.walk(raising[0].body[0]):
        node.lineno = node.end_lineno = last
    return [*split, *raising, *block[tail:]]


def _guarded(case: "list[ast.stmt]", marker: ast.stmt, end: str) -> ast.stmt:
    # Neither `or` nor `==`: the error may be an object of the candidate's.
    source = f"""
try:
    pass
except Exception as {CAUGHT}:
    {FIRST} = {CAUGHT} if {FIRST} is None else {FIRST}
    {end}({CAUGHT})
else:
    {end}(None)
"""
    (guard,) = _parsed(source, marker)
    guard.body = case or guard.body
    return guard


def _parsed(source: str, at: ast.stmt) -> "list[ast.stmt]":
    statements = ast.parse(source).body
    for statement in statements:
        for node in ast.walk(statement):
            ast.copy_location(node, at)
    return statements


def _printed(statement: ast.stmt) -> str:
    """What a statement prints, as far as that is written out; nothing if it is no call of `print`."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id != "print":
        return ""
    return " ".join(map(_text, call.args))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    return str(node.value) if isinstance(node, ast.Constant) else "?"


def _returns(node: ast.AST) -> bool:
    """Whether it may leave the function that it stands in."""
    if isinstance(node, SCOPES):
        return False
    return isinstance(node, ast.Return) or any(map(_returns, ast.iter_child_nodes(node)))
