"""What a test asked for where it failed: the call, what was expected, what came."""

import ast
import traceback
import types

from fault import TEST, clip
from sides import NOTHING, side_names
from traced import read_failure
from values import AS_A_SIDE, show

CAP = 400
# A test that is made from data, and has one assertion for all of it, says here what it asks for: the facts as a dict.
ASKED = "__asked__"
OPERATORS = {
    ast.NotEq: "!= ",
    ast.Lt: "< ",
    ast.LtE: "<= ",
    ast.Gt: "> ",
    ast.GtE: ">= ",
    ast.Is: "is ",
    ast.IsNot: "is not ",
    ast.In: "in ",
    ast.NotIn: "not in ",
}


def failed_case(error: BaseException, source: str) -> "dict | None":
    """
    The `FailedCase` of a test report, without its number: the failing statement of the test, and where that is an assertion
    that compares, both of its sides. None where the test was not at fault, or can't be read.
    """
    try:
        walked = list(traceback.walk_tb(error.__traceback__))
        frames = [(frame, line) for frame, line in walked if frame.f_code.co_filename == TEST]
        if not frames:
            return None
        told = [frame.f_locals[ASKED] for frame, _ in frames if ASKED in frame.f_locals]
        if told:
            return read_failure(told[-1])
        frame, line = frames[-1]
        # One that the program has raised says nothing of the sides.
        is_refuted = type(error) is AssertionError and walked[-1][0] is frame
        tree = ast.parse(source)
        statement = _statement(tree, line, frame)
        return None if statement is None else read_failure(_facts(statement, frame, tree, is_refuted))
    except BaseException:
        return None


def _statement(tree: ast.Module, line: int, frame: types.FrameType) -> "ast.stmt | None":
    """The innermost statement of a line. Of several in one line the one whose sides are kept; None if that does not tell."""
    lines = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)]
    inner = [node for node in lines if _place(node) == max(map(_place, lines))]
    if len(inner) > 1:
        inner = [node for node in inner if isinstance(node, ast.Assert) and _sides(node, frame)[0] is not NOTHING]
    return inner[0] if len(inner) == 1 else None


def _place(node: ast.stmt) -> "tuple[int, int]":
    return node.lineno, -(node.end_lineno or 0)


def _sides(node: ast.Assert, frame: types.FrameType) -> tuple:
    return tuple(frame.f_locals.get(name, NOTHING) for name in side_names(node))


def _steady(tree: ast.Module, frame: types.FrameType) -> "set[str]":
    """
    Variables that are bound in one place, and not in a loop that goes on behind a failure: others may hold another value by now.
    A helper's parameters are bound by its call.
    """
    bound = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    code = frame.f_code
    bound += code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    loops = [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.AsyncFor, ast.While))]
    going_on = [loop for loop in loops if any(isinstance(node, (ast.Try, ast.With, ast.AsyncWith)) for node in ast.walk(loop))]
    looped = {node.id for loop in going_on for node in ast.walk(loop) if isinstance(node, ast.Name)}
    return {name for name in bound if bound.count(name) == 1} - looped


def _facts(statement: ast.stmt, frame: types.FrameType, tree: ast.Module, is_refuted: bool) -> dict:
    steady = _steady(tree, frame)
    condition = statement.test if isinstance(statement, ast.Assert) else None
    compared = isinstance(condition, ast.Compare) and len(condition.ops) == 1
    shown = condition.left if compared else condition or _asked(statement)
    told = _made(shown, statement, tree)
    left, right = _sides(statement, frame) if is_refuted and condition else (NOTHING, NOTHING)
    expected = None
    if compared:
        text = ast.unparse(condition.comparators[0]) if right is NOTHING else show(right, AS_A_SIDE)
        # Nothing for equality, which goes without saying.
        expected = clip(f"{OPERATORS.get(type(condition.ops[0]), '')}{text}", CAP)
    return {
        "call": clip(f"{ast.unparse(told)}{_arguments(told, frame, steady)}", CAP),
        "expected": expected,
        "got": None if left is NOTHING else clip(show(left, AS_A_SIDE), CAP),
    }


def _made(shown: ast.AST, statement: ast.stmt, tree: ast.Module) -> ast.AST:
    """An expression; of a variable the last line before that made it: `got = f(2)` tells more than `got`."""
    if not isinstance(shown, ast.Name):
        return shown
    earlier = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and node.lineno < statement.lineno]
    made = [node for node in earlier if [shown.id] == [getattr(target, "id", None) for target in node.targets]]
    return max(made, key=lambda node: node.lineno) if made else shown


def _asked(statement: ast.stmt) -> ast.AST:
    """Of a statement that holds others, what it begins with."""
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return statement.items[0].context_expr
    return getattr(statement, "iter", None) or getattr(statement, "test", statement)


def _arguments(shown: ast.AST, frame: types.FrameType, steady: "set[str]") -> str:
    """The values of the variables that an expression names, where they can be shown."""
    names = dict.fromkeys(node.id for node in ast.walk(shown) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    known = {name: frame.f_locals[name] for name in names if name in steady and name in frame.f_locals}
    told = [f"{name} = {show(value)}" for name, value in known.items() if not callable(value) and not issubclass(type(value), types.ModuleType)]
    return f"  with {', '.join(told)}" if told else ""
