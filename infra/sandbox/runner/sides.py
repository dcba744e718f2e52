"""Keeps both sides of what an assertion compares, for whoever is told that it did not hold."""

import ast

# Operands of which nothing can run code of a program's: while it runs, the other side must not lie in a variable.
QUIET = (ast.Constant, ast.Name, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop, ast.expr_context)


def side_names(line: int) -> "tuple[str, str]":
    """The variables of the assertion of a line, apart from those of others: a test goes on behind a case that failed."""
    return f"__left_{line}__", f"__right_{line}__"


def keep_sides(node: ast.Assert) -> None:
    """Change `assert a == b` to bind both sides to variables, if evaluating b can't run the program."""
    condition = node.test
    if not isinstance(condition, ast.Compare) or len(condition.ops) != 1:
        return
    (right,) = condition.comparators
    if not all(isinstance(each, QUIET) for each in ast.walk(right)):
        return
    left_name, right_name = side_names(node.lineno)
    condition.left = _bound(left_name, condition.left)
    condition.comparators = [_bound(right_name, right)]


def _bound(name: str, value: ast.expr) -> ast.expr:
    target = ast.copy_location(ast.Name(name, ast.Store()), value)
    return ast.copy_location(ast.NamedExpr(target, value), value)
