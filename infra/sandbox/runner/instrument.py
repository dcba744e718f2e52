"""Makes a test's source observable: assertions are counted or reported, case markers seen, cases kept apart."""

import ast
import re
import typing

from cases import MARKER
from sides import keep_sides
from split import split_cases

ASSERTING_NAME = re.compile(r"assert(_|[A-Z])|(raises|warns)$")
# Most tests have assert statements alone: their expressions, nearly all of a syntax tree, need not be looked through.
_TELLING_CALL = re.compile(r"print|assert(_|[A-Z])|raises|warns")


class Names(typing.NamedTuple):
    """
    Functions of a test's namespace that calls are put in of: `count(x)` counts an assertion that held and returns x,
    `refute()` reports one that did not and returns an empty text, `observe(*texts)` sees what is about to be printed and
    returns it, `end(error)` hears how a case ended.
    """

    count: str
    refute: str
    observe: str
    end: str


def instrument(source: str, file: str, names: Names) -> ast.Module:
    """The syntax tree of a test with the calls put in."""
    tree = ast.parse(source, file)
    if MARKER.search(source):
        split_cases(tree, names.end)
    return _Instrument(names, _TELLING_CALL.search(source) is not None).visit(tree)


class _Instrument(ast.NodeTransformer):
    def __init__(self, names: Names, has_calls: bool) -> None:
        self._names = names
        self._has_calls = has_calls

    def visit(self, node: ast.AST) -> "ast.AST | list[ast.stmt]":
        return node if isinstance(node, ast.expr) and not self._has_calls else super().visit(node)

    def visit_Assert(self, node: ast.Assert) -> "ast.stmt | list[ast.stmt]":
        self.generic_visit(node)
        freed = keep_sides(node)
        # The message is evaluated if the assertion does not hold, and only then: whoever catches that, it is known.
        refuted = _call(self._names.refute, [], node)
        has_message = node.msg is not None
        node.msg = ast.copy_location(ast.BoolOp(ast.Or(), [refuted, node.msg]), node) if has_message else refuted
        return [node, self._counted(node), *freed] if is_assertion(node) else node

    def visit_With(self, node: ast.With) -> "list[ast.stmt]":
        """`with raises(...)` holds once its block is left without an exception, not when it is entered."""
        asserting = [item.context_expr for item in node.items if is_assertion(item.context_expr)]
        for call in asserting:
            call.opens_block = True
        self.generic_visit(node)
        return [node, *(self._counted(node) for _ in asserting)]

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func
        if isinstance(name, ast.Name) and name.id == "print" and node.args:
            observed = _call(self._names.observe, node.args, node)
            node.args = [ast.copy_location(ast.Starred(observed, ast.Load()), node)]
        opens_block = getattr(node, "opens_block", False)
        return _call(self._names.count, [node], node) if is_assertion(node) and not opens_block else node

    def _counted(self, node: ast.stmt) -> ast.stmt:
        return ast.copy_location(ast.Expr(_call(self._names.count, [ast.copy_location(ast.Constant(None), node)], node)), node)


def is_assertion(node: ast.AST) -> bool:
    """Whether a node asserts something: a statement, or a call of a function that has the name of one that does."""
    if isinstance(node, ast.Assert):
        # `assert True` holds whatever the program does.
        return not isinstance(node.test, ast.Constant)
    if not isinstance(node, ast.Call):
        return False
    word = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return ASSERTING_NAME.match(word) is not None


def _call(function: str, arguments: list, at: ast.AST) -> ast.Call:
    name = ast.copy_location(ast.Name(function, ast.Load()), at)
    return ast.copy_location(ast.Call(name, arguments, []), at)
