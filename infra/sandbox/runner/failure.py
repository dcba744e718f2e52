"""What a test asked for where it failed: the call, what was expected, what came."""

import ast
import traceback
import types

from fault import TEST, clip
from sides import side_names
from values import show

CAP = 300
MISSING = object()


def failed_case(error: BaseException, source: str) -> "dict | None":
    """
    The `FailedCase` of a test report, without its number: the failing statement of the test, and where that is an assertion
    that compares, both of its sides. None where the test was not at fault, or can't be read.
    """
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == TEST]
    if not frames:
        return None
    frame, line = frames[-1]
    try:
        tree = ast.parse(source)
        statement = _statement(tree, line)
        return None if statement is None else _facts(statement, frame, _steady(tree), type(error) is AssertionError)
    except Exception:
        return None


def _statement(tree: ast.Module, line: int) -> "ast.stmt | None":
    """The innermost statement of a line."""
    lines = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)]
    return max(lines, key=lambda node: (node.lineno, -(node.end_lineno or 0)), default=None)


def _steady(tree: ast.Module) -> "set[str]":
    """Variables that are bound once: others may hold another value by now."""
    bound = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    looped = {each.id for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While)) for each in ast.walk(node) if isinstance(each, ast.Name)}
    return {name for name in bound if bound.count(name) == 1} - looped


def _facts(statement: ast.stmt, frame: types.FrameType, steady: "set[str]", is_refuted: bool) -> dict:
    condition = statement.test if isinstance(statement, ast.Assert) else None
    compared = isinstance(condition, ast.Compare) and len(condition.ops) == 1
    shown = condition.left if compared else condition or statement
    names = side_names(statement.lineno)
    left, right = (frame.f_locals.get(name, MISSING) if is_refuted and compared else MISSING for name in names)
    expected = None if right is MISSING else f"{_operator(condition)}{show(right)}"
    if expected is None and compared:
        expected = f"{_operator(condition)}{ast.unparse(condition.comparators[0])}"
    return {
        "call": clip(f"{ast.unparse(shown)}{_arguments(shown, frame, steady)}", CAP),
        "expected": None if expected is None else clip(expected, CAP),
        "got": None if left is MISSING else clip(show(left), CAP),
    }


def _operator(condition: ast.Compare) -> str:
    """Nothing for equality, which goes without saying."""
    return "" if isinstance(condition.ops[0], ast.Eq) else ast.unparse(condition).removeprefix(ast.unparse(condition.left)).split()[0] + " "


def _arguments(shown: ast.AST, frame: types.FrameType, steady: "set[str]") -> str:
    """The values of the variables that an expression names, where they can be shown."""
    names = dict.fromkeys(node.id for node in ast.walk(shown) if isinstance(node, ast.Name))
    known = {name: frame.f_locals[name] for name in names if name in steady and name in frame.f_locals}
    told = [f"{name} = {show(value)}" for name, value in known.items() if not callable(value) and not isinstance(value, types.ModuleType)]
    return f"  with {', '.join(told)}" if told else ""
