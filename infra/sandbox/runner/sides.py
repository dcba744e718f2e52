"""Keeps both sides of what an assertion compares, for whoever is told that it did not hold."""

import ast

# Of these alone a value is made without a line of a program's.
PLAIN = (ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop, ast.expr_context)
# What a side is before its assertion begins, and once it held.
NOTHING = ...


def side_names(node: ast.Assert) -> "tuple[str, str]":
    """The variables of an assertion, apart from those of others: a test goes on behind a case that failed."""
    return f"__left_{node.lineno}_{node.col_offset}__", f"__right_{node.lineno}_{node.col_offset}__"


def keep_sides(node: ast.Assert) -> "list[ast.stmt]":
    """
    Change `assert a == b` to bind both sides to variables, if evaluating b can't run the program: while it runs, the other side
    must not lie in a variable. What is to follow the assertion frees them: no later call finds what an earlier one was compared to.
    """
    condition = node.test
    if not isinstance(condition, ast.Compare) or len(condition.ops) != 1:
        return []
    (right,) = condition.comparators
    if not _is_quiet(right):
        return []
    left_name, right_name = side_names(node)
    condition.left = _bound(left_name, condition.left)
    condition.comparators = [_bound(right_name, right)]
    targets = [ast.copy_location(ast.Name(name, ast.Store()), node) for name in (left_name, right_name)]
    return [ast.copy_location(ast.Assign(targets, ast.copy_location(ast.Constant(NOTHING), node)), node)]


def _is_quiet(node: ast.expr) -> bool:
    """Whether its evaluation calls nothing: operators, keys and members of sets may be a program's objects."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return all(map(_is_quiet, node.elts))
    if isinstance(node, ast.Dict):
        return all(key is not None and _is_plain(key) for key in node.keys) and all(map(_is_quiet, node.values))
    return isinstance(node, ast.Name) or _is_plain(node)


def _is_plain(node: ast.expr) -> bool:
    return all(isinstance(each, PLAIN) for each in ast.walk(node))


def _bound(name: str, value: ast.expr) -> ast.expr:
    target = ast.copy_location(ast.Name(name, ast.Store()), value)
    return ast.copy_location(ast.NamedExpr(target, value), value)
