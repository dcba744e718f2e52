"""Finds the library call that a program failed in: its public name, its version, its real signature."""

import ast
import inspect
import re
import sys
import types

SIGNATURE_CAP, NAME_CAP = 400, 200
CALLABLES = (type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MethodDescriptorType, types.WrapperDescriptorType)
WANTED = re.compile(r"cannot import name '(\w+)'")


def call_at_fault(error: BaseException, frame: "types.FrameType | None", lasti: int, program: str) -> "dict | None":
    """
    The `LibraryCall` of a test report; None where the program's failing expression names none. `frame` and `lasti` are
    the innermost frame of the program, and the instruction in it that failed.
    """
    if issubclass(type(error), ImportError):
        wanted = WANTED.search(str(error))
        return _facts(f"{error.name}.{wanted[1]}" if wanted else error.name, None) if isinstance(error.name, str) else None
    if frame is None:
        return None
    node = _expression(frame.f_code, lasti, program)
    if isinstance(node, ast.Call):
        node = node.func
    path = _path(node)
    if path is None:
        return None
    value, missing = _resolve(path, frame)
    name = _public_name(value)
    if name is None:
        return None
    return _facts(".".join([name, *missing]), None if missing else value)


def _expression(code: types.CodeType, lasti: int, program: str) -> "ast.expr | None":
    """The expression that an instruction belongs to; before Python 3.11 the first call of its line."""
    try:
        nodes = [node for node in ast.walk(ast.parse(program)) if isinstance(node, (ast.Call, ast.Attribute))]
    except (SyntaxError, ValueError, RecursionError):
        return None
    if not hasattr(code, "co_positions"):
        return None
    where = list(code.co_positions())[lasti // 2] if lasti >= 0 else None
    if where is None or None in where:
        return None
    first, last, column, end = where
    for node in nodes:
        if (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset) == (first, last, column, end):
            return node
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
    value = frame.f_locals.get(root, frame.f_globals.get(root))
    if value is not None and rest and not issubclass(type(value), (types.ModuleType, type)):
        value = type(value)
    for position, name in enumerate(rest):
        found = inspect.getattr_static(value, name, None)
        if found is None and issubclass(type(value), types.ModuleType) and _is_installed(value):
            # Lazy modules give names that they do not hold yet.
            found = getattr(value, name, None)
        found = getattr(found, "__func__", found)
        if found is None:
            return value, rest[position:]
        value = found
    return value, []


def _is_installed(module: types.ModuleType) -> bool:
    """A module of a file of the interpreter's, not one that a program has made."""
    file = vars(module).get("__file__")
    return type(file) is str and file.startswith((sys.prefix, sys.base_prefix))


def _public_name(value: object) -> "str | None":
    """As a library's users write it: the shortest module path that has the object under its name."""
    if issubclass(type(value), types.ModuleType):
        return value.__name__ if type(value.__name__) is str else None
    if not issubclass(type(value), CALLABLES):
        return None
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if type(module) is not str or type(name) is not str or module in ("candidate", "__main__", "builtins"):
        return None
    head = name.partition(".")[0]
    parts = module.split(".")
    for count in range(1, len(parts)):
        path = ".".join(parts[:count])
        owner = sys.modules.get(path)
        if owner is not None and vars(owner).get(head) is vars(sys.modules.get(module, owner)).get(head) is not None:
            return f"{path}.{name}"
    return f"{module}.{name}"


def _facts(name: str, value: object) -> dict:
    library = name.partition(".")[0]
    # Modules of the standard library have versions of their own, which tell nothing.
    version = None if library in sys.stdlib_module_names else getattr(sys.modules.get(library), "__version__", None)
    return {
        "name": name[:NAME_CAP],
        "library": library[:NAME_CAP],
        "version": version[:40] if isinstance(version, str) else None,
        "signature": _signature(value),
    }


def _signature(value: object) -> "str | None":
    """Names and defaults; annotations would be most of it."""
    try:
        found = inspect.signature(value)
        plain = [each.replace(annotation=each.empty) for each in found.parameters.values()]
        return str(found.replace(parameters=plain, return_annotation=found.empty))[:SIGNATURE_CAP]
    except (TypeError, ValueError):
        return None
