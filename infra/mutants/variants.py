"""
Programs made from a reference that a task's test should tell from it: stubs that do nothing, and mutants with one small
change each. Works on text alone: what it reads is parsed and written again, and never run.

Reads a JSON list of {"source", "entry", "seed", "most"} from stdin; writes a list of {"stubs", "mutants", "problem"}, each
program with the words for what it is.
"""

import ast
import copy
import json
import random
import sys

COMPARISONS = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.Pow: ast.Mult, ast.MatMult: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
CONNECTIVES = {ast.And: ast.Or, ast.Or: ast.And}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
NONE = ast.Constant(None)


def main() -> None:
    """Answer what is asked on stdin."""
    sys.setrecursionlimit(20_000)
    json.dump([variants(**asked) for asked in json.load(sys.stdin)], sys.stdout)


def variants(source: str, entry: str, seed: str, most: int) -> dict:
    """The stubs of a program and at most `most` of its mutants, the same ones for the same seed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        return {"stubs": [], "mutants": [], "problem": f"{f'line {line}: ' if line else ''}{getattr(error, 'msg', error)}"}
    return {"stubs": _stubs(tree, entry), "mutants": _mutants(tree, entry, seed, most), "problem": None}


def _program(what: str, tree: ast.Module) -> dict:
    return {"what": what, "program": ast.unparse(ast.fix_missing_locations(tree)) + "\n"}


def _stubs(tree: ast.Module, entry: str) -> "list[dict]":
    definition = _definition(tree, entry)
    if isinstance(definition, ast.ClassDef):
        empty = ast.ClassDef(entry, [], [], [ast.Pass()], [], **({"type_params": []} if sys.version_info >= (3, 12) else {}))
        mute = copy.deepcopy(definition)
        for method in mute.body:
            if isinstance(method, FUNCTIONS):
                method.body = [ast.Return(NONE)]
        return [
            _program("an empty class", _with(tree, definition, empty)),
            _program("methods that return None", _with(tree, definition, mute)),
        ]
    first = _first_argument(definition)
    bodies = {
        "return None": ast.Return(NONE),
        "raise NotImplementedError": ast.Raise(ast.Name("NotImplementedError", ast.Load()), None),
        **({} if first is None else {f"return {first}, its first argument": ast.Return(ast.Name(first, ast.Load()))}),
    }
    return [_program(what, _with(tree, definition, _stub(definition, entry, body))) for what, body in bodies.items()]


def _stub(definition: "ast.AST | None", entry: str, body: ast.stmt) -> ast.AST:
    """In place of what is no plain definition, such as a name bound to a lambda, a function that takes everything."""
    stub = ast.parse(f"def {entry}(*args, **kwargs): pass").body[0] if definition is None else copy.deepcopy(definition)
    stub.body = [body]
    return stub


def _first_argument(definition: "ast.AST | None") -> "str | None":
    if definition is None:
        return None
    arguments = definition.args
    named = [*arguments.posonlyargs, *arguments.args]
    return next((argument.arg for argument in (*named, arguments.vararg, *arguments.kwonlyargs) if argument), None)


def _definition(tree: ast.Module, entry: str) -> "ast.AST | None":
    """The one that counts is the last."""
    return next((node for node in reversed(tree.body) if isinstance(node, DEFINITIONS) and node.name == entry), None)


def _with(tree: ast.Module, old: "ast.AST | None", new: ast.AST) -> ast.Module:
    body = [*tree.body, new] if old is None else [new if node is old else node for node in tree.body]
    return ast.Module(body, [])


def _mutants(tree: ast.Module, entry: str, seed: str, most: int) -> "list[dict]":
    """Of each kind of change about as many; each differs from the program and from the others."""
    chance = random.Random(seed)
    by_kind: "dict[str, list]" = {}
    for kind, *change in _changes(_reachable(tree, entry)):
        by_kind.setdefault(kind, []).append(change)
    for changes in by_kind.values():
        chance.shuffle(changes)
    original = ast.unparse(tree)
    found: "dict[str, dict]" = {}
    while any(by_kind.values()) and len(found) < most:
        for kind in sorted(by_kind, key=lambda _: chance.random()):
            if by_kind[kind] and len(found) < most:
                mutant = _changed(tree, *by_kind[kind].pop())
                if mutant["program"].strip() != original.strip() and _parses(mutant["program"]):
                    found.setdefault(mutant["program"], mutant)
    return list(found.values())


def _parses(program: str) -> bool:
    try:
        ast.parse(program)
    except SyntaxError:
        return False
    return True


def _changed(tree: ast.Module, node: ast.AST, field: str, index: "int | None", new: object, what: str) -> dict:
    """The program with one part changed; the tree is left as it was."""
    old = getattr(node, field)
    setattr(node, field, new if index is None else [*old[:index], new, *old[index + 1 :]])
    try:
        return _program(what, copy.deepcopy(tree))
    finally:
        setattr(node, field, old)


def _reachable(tree: ast.Module, entry: str) -> "list[ast.AST]":
    """The definition under test and those of the module that it names, directly or by way of others."""
    known = {node.name: node for node in tree.body if isinstance(node, DEFINITIONS)}
    found: "dict[str, ast.AST]" = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found[name] = known[name]
            waiting += [node.id for node in ast.walk(known[name]) if isinstance(node, ast.Name)]
    return list(found.values())


def _changes(definitions: "list[ast.AST]") -> "list[tuple]":
    """Every change there is: its kind, and node, field and place in it, what to put there, and that in words."""
    return [change for definition in definitions for change in _of(definition, False)]


def _of(node: ast.AST, in_while: bool) -> "list[tuple]":
    in_while = in_while or isinstance(node, ast.While)
    found = _own(node)
    for field, value in ast.iter_fields(node):
        # Default values, annotations and decorators stay as they are.
        is_fixed = field != "body" if isinstance(node, DEFINITIONS) else field == "annotation"
        if is_fixed or isinstance(node, (ast.Assert, ast.JoinedStr)):
            continue
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST):
                continue
            if isinstance(value, list) and isinstance(child, ast.stmt):
                found += _dropped(node, field, index, child, in_while)
            found += _of(child, in_while)
    return found


def _own(node: ast.AST) -> "list[tuple]":
    if isinstance(node, ast.Compare):
        return [
            ("comparison", node, "ops", index, COMPARISONS[type(op)](), _becomes(node, op, COMPARISONS[type(op)]()))
            for index, op in enumerate(node.ops)
        ]
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in OPERATORS and not _is_text(node):
        other = OPERATORS[type(node.op)]()
        return [("operator", node, "op", None, other, _becomes(node, node.op, other))]
    if isinstance(node, ast.BoolOp):
        other = CONNECTIVES[type(node.op)]()
        return [("operator", node, "op", None, other, _becomes(node, node.op, other))]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return [("constant", node, "value", None, node.value + 1, f"line {node.lineno}: {node.value} became {node.value + 1}")]
    if isinstance(node, ast.Return) and node.value is not None:
        return _returns(node)
    return []


def _returns(node: ast.Return) -> "list[tuple]":
    is_none = isinstance(node.value, ast.Constant) and node.value.value is None
    is_truth = isinstance(node.value, (ast.Compare, ast.BoolOp)) or (
        isinstance(node.value, ast.Constant) and isinstance(node.value.value, bool)
    )
    negated = ast.UnaryOp(ast.Not(), node.value)
    return [
        *([] if is_none else [("return", node, "value", None, NONE, f"line {node.lineno}: returns None")]),
        *([("return", node, "value", None, negated, f"line {node.lineno}: returns the contrary")] if is_truth else []),
    ]


def _dropped(parent: ast.AST, field: str, index: int, statement: ast.stmt, in_while: bool) -> "list[tuple]":
    """A statement that another does not plainly rest on; in a `while` it may be what ends the loop."""
    is_call = isinstance(statement, ast.Expr) and isinstance(statement.value, (ast.Call, ast.Await))
    if in_while or not (is_call or isinstance(statement, (ast.AugAssign, ast.If, ast.Delete))):
        return []
    text = ast.unparse(statement).splitlines()[0][:60]
    return [("statement", parent, field, index, ast.Pass(), f"line {statement.lineno}: without `{text}`")]


def _is_text(node: ast.AST) -> bool:
    """Of texts the other operators only raise an exception, which any test notices."""
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    return any(isinstance(side, ast.JoinedStr) or isinstance(getattr(side, "value", None), str) for side in sides)


def _becomes(node: ast.AST, old: ast.AST, new: ast.AST) -> str:
    return f"line {node.lineno}: {_sign(old)} became {_sign(new)}"


def _sign(operator: ast.AST) -> str:
    """An operator as it is written."""
    if isinstance(operator, ast.cmpop):
        return ast.unparse(ast.Compare(ast.Name("a"), [operator], [ast.Name("b")]))[2:-2]
    if isinstance(operator, ast.boolop):
        return ast.unparse(ast.BoolOp(operator, [ast.Name("a"), ast.Name("b")]))[2:-2]
    return ast.unparse(ast.BinOp(ast.Name("a"), operator, ast.Name("b")))[2:-2]


if __name__ == "__main__":
    main()
