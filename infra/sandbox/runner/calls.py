"""Finds the library call that a program failed in: its public name, its version, its real signature."""

import ast
import inspect
import re
import sys
import types

from names import public_name

SIGNATURE_CAP = 400
WANTED = re.compile(r"cannot import name '(\w+)'")


def call_at_fault(error: BaseException, frame: "types.FrameType | None", lasti: int, program: str) -> "dict | None":
    """
    The `LibraryCall` of a test report; None where the program's failing expression names none. `frame` and `lasti` are
    the innermost frame of the program, and the instruction in it that failed.
    """
    if issubclass(type(error), ImportError):
        return _import_facts(error)
    path = None if frame is None else _path(_expression(frame.f_code, lasti, program))
    if path is None:
        return None
    value, missing = _resolve(path, frame)
    name = _written_name(path, missing, frame) or public_name(value)
    return None if name is None else _facts(".".join([name, *missing]), None if missing else value)


def _import_facts(error: ImportError) -> "dict | None":
    if type(error.name) is not str:
        return None
    wanted = WANTED.search(str(error))
    return _facts(f"{error.name}.{wanted[1]}" if wanted else error.name, None)


def _expression(code: types.CodeType, lasti: int, program: str) -> "ast.expr | None":
    """What an instruction belongs to, or calls; before Python 3.11 that is not known."""
    where = list(code.co_positions())[lasti // 2] if hasattr(code, "co_positions") and lasti >= 0 else (None,)
    if None in where:
        return None
    first, last, column, end = where
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, (ast.Call, ast.Attribute)):
            if (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset) == (first, last, column, end):
                return node.func if isinstance(node, ast.Call) else node
    return None


def _path(node: "ast.expr | None") -> "list[str] | None":
    """["torch", "nn", "Linear"] of `torch.nn.Linear`; None of anything else."""
    names: "list[str]" = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return [node.id, *reversed(names)]


def _resolve(path: "list[str]", frame: types.FrameType) -> "tuple[object, list[str]]":
    """What the path leads to as far as it does, through modules and classes, or the class of an object; the rest of it."""
    root, *rest = path
    value = _root(root, frame)
    if value is not None and rest and not issubclass(type(value), (types.ModuleType, type)):
        value = type(value)
    for position, name in enumerate(rest):
        found = inspect.getattr_static(value, name, None)
        if found is None and _is_installed(value):
            # Lazy modules give names that they do not hold yet.
            found = getattr(value, name, None)
        found = getattr(found, "__func__", found)
        if found is None:
            return value, rest[position:]
        value = found
    return value, []


def _root(name: str, frame: types.FrameType) -> object:
    return frame.f_locals.get(name, frame.f_globals.get(name))


def _written_name(path: "list[str]", missing: "list[str]", frame: types.FrameType) -> "str | None":
    """As the program has it, if it starts from an installed module: `np.zeros` is "numpy.zeros"."""
    module = _root(path[0], frame)
    found = path[1 : len(path) - len(missing)]
    return ".".join([module.__name__, *found]) if _is_installed(module) else None


def _is_installed(module: object) -> bool:
    """A module of a file of the interpreter's, not one that a program has made."""
    if not issubclass(type(module), types.ModuleType):
        return False
    file = vars(module).get("__file__")
    return type(file) is str and file.startswith((sys.prefix, sys.base_prefix))


def _facts(name: str, value: object) -> dict:
    library = name.partition(".")[0]
    # Modules of the standard library have versions of their own, which tell nothing.
    version = None if library in sys.stdlib_module_names else getattr(sys.modules.get(library), "__version__", None)
    return {
        "name": name,
        "library": library,
        # Without the local part of a build, such as "+cpu".
        "version": "".join([version]).partition("+")[0] if issubclass(type(version), str) else None,
        "signature": _signature(value),
    }


def _signature(value: object) -> "str | None":
    """Names and defaults; annotations would be most of it. Defaults are shown by their own words, which may fail."""
    try:
        found = inspect.signature(value)
        given = [each for place, each in enumerate(found.parameters.values()) if place > 0 or each.name not in ("self", "cls")]
        plain = [each.replace(annotation=each.empty) for each in given]
        return str(found.replace(parameters=plain, return_annotation=found.empty))[:SIGNATURE_CAP]
    except BaseException:
        return None
