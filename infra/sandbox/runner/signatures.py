"""What one end tells the other of a function: how it is called. Of a default no more than that there is one."""

import inspect
import types

FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)


def parameters_of(function: object) -> "list | None":
    """Name, kind and whether there is a default; None where Python can't tell."""
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [[each.name, int(each.kind), each.default is not each.empty] for each in found]


def name_itself(function: object, name: str, parameters: "list | None") -> None:
    """Make a function look like one of the other end's."""
    function.__name__ = function.__qualname__ = name
    if parameters is not None:
        made = [
            inspect.Parameter(name, kind, default=... if has_default else inspect.Parameter.empty)
            for name, kind, has_default in parameters
        ]
        function.__signature__ = inspect.Signature(made)
