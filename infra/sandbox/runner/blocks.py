"""Exceptions of a test that are not a program's to swallow: of a `with` block, and of a function that it calls back."""

import ast
import re
import sys
import traceback
import types
import typing

from codec import CannotCross
from fault import TEST
from instrument import is_assertion

# The class of what `pytest.fail` raises, and `pytest.raises` where nothing was raised.
PYTEST_FAILURE = ("_pytest.outcomes", "Failed")
# Of a library's functions, those that assert by being called, and those of `unittest` that raise for a context of theirs.
_ASSERTING = re.compile(r"assert(_|[A-Z])|(fail|_raiseFailure)$")


def must_go_on(error: "BaseException | None", source: str) -> bool:
    """
    Whether an exception that ends a block of a test is no context manager's to swallow: assertions that did not hold, or that
    it kept from being made, would count as if they held. Others may be what the manager is there for.
    """
    block = _block_left(error)
    if block is None:
        return False
    return isinstance(error, (AssertionError, CannotCross)) or any(_leaves_out(error, block, ast.parse(source)))


def is_refutation(error: BaseException) -> bool:
    """Whether this came out of an assertion by call, such as `assertEqual`, that so did not hold: not out of the test's own."""
    if (type(error).__module__, type(error).__name__) == PYTEST_FAILURE:
        return True
    # What fails in the midst of one, such as a text of the program's object, does so in place of its own exception.
    codes = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)]
    return any(code.co_filename != TEST and _ASSERTING.match(code.co_name) for code in codes)


def _block_left(error: "BaseException | None") -> "types.FrameType | None":
    """The frame of the test that leaves a block by this exception; None if it is only handed over, or ends none."""
    frame = sys._getframe()
    while frame is not None and frame.f_code.co_filename != TEST:
        frame = frame.f_back
    step = None if error is None else error.__traceback__
    return frame if step is not None and step.tb_frame is frame else None


def _leaves_out(error: BaseException, block: types.FrameType, tree: ast.Module) -> "typing.Iterator[bool]":
    """Of the block, and of each helper of the test's that was called in it, whether an assertion was still to come."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == TEST:
            yield _asserts_from(line, _body(tree, frame, line, block))


def _body(tree: ast.Module, frame: types.FrameType, line: int, block: types.FrameType) -> "list[ast.stmt]":
    """The statements of the block, or of the helper, that a line is one of."""
    if frame is block:
        # While a block is left its frame is at the line of the `with`.
        nodes = [node for node in _around(tree, line, ast.With) if node.lineno <= block.f_lineno < node.body[0].lineno]
    else:
        nodes = _around(tree, line, (ast.FunctionDef, ast.AsyncFunctionDef))
    return max(nodes, key=lambda node: node.lineno).body if nodes else []


def _around(tree: ast.Module, line: int, kind: "type | tuple") -> "list[ast.AST]":
    return [node for node in ast.walk(tree) if isinstance(node, kind) and node.lineno <= line <= node.end_lineno]


def _asserts_from(line: int, body: "list[ast.stmt]") -> bool:
    """Whether one of the statements that a line is in or that follow it asserts."""
    return any(is_assertion(node) for statement in body if statement.end_lineno >= line for node in ast.walk(statement))
