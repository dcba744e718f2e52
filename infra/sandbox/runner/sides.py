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
    Change `assert a == b` to bind both sides to variables, and `assert near(a, 2)` the argument, if what is evaluated after it
    can't run the program: while that runs, no side must lie in a variable. What is to follow the assertion frees them: no later
    call finds what an earlier one was compared to.
    """
    bound = _bind_both(node) if isinstance(node.test, ast.Compare) else _bind_argument(node)
    targets = [ast.copy_location(ast.Name(name, ast.Store()), node) for name in bound]
    freed = ast.copy_location(ast.Constant(NOTHING), node)
    return [ast.copy_location(ast.Assign(targets, freed), node)] if bound else []


def _bind_both(node: ast.Assert) -> "tuple[str, ...]":
    condition = node.test
    if len(condition.ops) != 1 or not _is_quiet(condition.comparators[0]):
        return ()
    left, right = names = side_names(node)
    condition.left = _bound(left, condition.left)
    condition.comparators = [_bound(right, condition.comparators[0])]
    return names


def _bind_argument(node: ast.Assert) -> "tuple[str, ...]":
    """Of a call the last argument that is more than a variable or a constant."""
    call = node.test
    if not isinstance(call, ast.Call) or not all(_is_quiet(each.value) for each in call.keywords):
        return ()
    at = next((place for place in reversed(range(len(call.args))) if not _is_quiet(call.args[place])), None)
    if at is None or isinstance(call.args[at], (ast.Starred, ast.GeneratorExp, ast.Lambda)):
        return ()
    left, _ = side_names(node)
    call.args[at] = _bound(left, call.args[at])
    return (left,)


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
