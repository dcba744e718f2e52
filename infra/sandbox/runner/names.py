"""Names of classes and functions as a library's users write them, past whatever a metaclass says."""

import sys
import types

NAME_CAP = 200
# Of no library: Python's own, a program's, and those of a grader's stand-ins.
HOMELESS = ("", "builtins", "candidate", "__main__", "remote", "stand_ins")
CALLABLES = (type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MethodDescriptorType, types.WrapperDescriptorType)
_name_of, _module_of = vars(type)["__name__"].__get__, vars(type)["__module__"].__get__


def class_name(kind: type) -> str:
    """A class's own name."""
    return "".join([_name_of(kind)])[:NAME_CAP]


def module_name(kind: type) -> str:
    """The module that a class says it is from; "" if that is no text."""
    found = _module_of(kind)
    return found if type(found) is str else ""


def public_name(value: object) -> "str | None":
    """Of a library's class, function or module: the shortest module path that has it under its name. None of anything else."""
    kind = type(value)
    if issubclass(kind, types.ModuleType):
        return value.__name__ if type(value.__name__) is str else None
    if not issubclass(kind, CALLABLES):
        return None
    if issubclass(kind, type):
        module, name = module_name(value), value.__qualname__
    else:
        module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
        if module is None and type(value) in (types.MethodDescriptorType, types.WrapperDescriptorType):
            module = module_name(value.__objclass__)
    if type(module) is not str or type(name) is not str or module in HOMELESS:
        return None
    return f"{_shortest(module, name.partition('.')[0])}.{name}"


def _shortest(module: str, head: str) -> str:
    """The first of the packages that a module lies in, or stands behind as `keras.src` does, that has the same object."""
    found = _attribute(module, head)
    parts = [part for part in module.split(".") if part != "src" and not part.startswith("_")]
    paths = [".".join(parts[: count + 1]) for count in range(len(parts))]
    return next((path for path in paths if found is not None and _attribute(path, head) is found), module)


def _attribute(module: str, name: str) -> object:
    owner = sys.modules.get(module)
    return vars(owner).get(name) if issubclass(type(owner), types.ModuleType) else None
