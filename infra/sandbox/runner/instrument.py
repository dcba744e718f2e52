"""Makes a test's source observable: every assertion counted, every case marker seen."""

import ast
import re

ASSERTING_NAME = re.compile(r"assert(_|[A-Z])|raises$")


def instrument(test: ast.Module, count: str, observe: str) -> ast.Module:
    """
    A test's syntax tree with calls of two functions of its namespace put in: `count(x)` counts an assertion and
    returns x, `observe(*texts)` sees what is about to be printed and returns it.
    """
    return ast.fix_missing_locations(_Instrument(count, observe).visit(test))


class _Instrument(ast.NodeTransformer):
    def __init__(self, count: str, observe: str) -> None:
        self._count = count
        self._observe = observe

    def visit_Assert(self, node: ast.Assert) -> "list[ast.stmt]":
        self.generic_visit(node)
        counted = ast.Expr(_call(self._count, [ast.Constant(None)], node))
        return [ast.copy_location(counted, node), node]

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func
        if isinstance(name, ast.Name) and name.id == "print" and node.args:
            observed = _call(self._observe, node.args, node)
            node.args = [ast.copy_location(ast.Starred(observed, ast.Load()), node)]
        word = name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")
        if ASSERTING_NAME.match(word):
            node.func = _call(self._count, [name], node)
        return node


def _call(function: str, arguments: list, at: ast.AST) -> ast.Call:
    name = ast.copy_location(ast.Name(function, ast.Load()), at)
    return ast.copy_location(ast.Call(name, arguments, []), at)
