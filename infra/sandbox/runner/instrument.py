"""Makes a test's source observable: every assertion that held is counted, every case marker seen."""

import ast
import re

ASSERTING_NAME = re.compile(r"assert(_|[A-Z])|(raises|warns)$")
# Most tests have assert statements alone: their expressions, nearly all of a syntax tree, need not be looked through.
_TELLING_CALL = re.compile(r"print|assert(_|[A-Z])|raises|warns")


def instrument(source: str, file: str, count: str, observe: str) -> ast.Module:
    """
    A test's syntax tree with calls of two functions of its namespace put in: `count(x)` counts an assertion that held
    and returns x, `observe(*texts)` sees what is about to be printed and returns it.
    """
    return _Instrument(count, observe, _TELLING_CALL.search(source) is not None).visit(ast.parse(source, file))


class _Instrument(ast.NodeTransformer):
    def __init__(self, count: str, observe: str, has_calls: bool) -> None:
        self._count = count
        self._observe = observe
        self._has_calls = has_calls

    def visit(self, node: ast.AST) -> "ast.AST | list[ast.stmt]":
        return node if isinstance(node, ast.expr) and not self._has_calls else super().visit(node)

    def visit_Assert(self, node: ast.Assert) -> "ast.stmt | list[ast.stmt]":
        self.generic_visit(node)
        # `assert True` holds whatever the program does.
        return node if isinstance(node.test, ast.Constant) else [node, self._counted(node)]

    def visit_With(self, node: ast.With) -> "list[ast.stmt]":
        """`with raises(...)` holds once its block is left without an exception, not when it is entered."""
        asserting = [item.context_expr for item in node.items if _is_asserting(item.context_expr)]
        for call in asserting:
            call.opens_block = True
        self.generic_visit(node)
        return [node, *(self._counted(node) for _ in asserting)]

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func
        if isinstance(name, ast.Name) and name.id == "print" and node.args:
            observed = _call(self._observe, node.args, node)
            node.args = [ast.copy_location(ast.Starred(observed, ast.Load()), node)]
        opens_block = getattr(node, "opens_block", False)
        return _call(self._count, [node], node) if _is_asserting(node) and not opens_block else node

    def _counted(self, node: ast.stmt) -> ast.stmt:
        return ast.copy_location(ast.Expr(_call(self._count, [ast.copy_location(ast.Constant(None), node)], node)), node)


def _is_asserting(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call):
        return False
    word = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return ASSERTING_NAME.match(word) is not None


def _call(function: str, arguments: list, at: ast.AST) -> ast.Call:
    name = ast.copy_location(ast.Name(function, ast.Load()), at)
    return ast.copy_location(ast.Call(name, arguments, []), at)
