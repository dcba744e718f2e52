"""Exceptions as data: class, arguments, attributes and cause."""

import contextlib


def attributes_of(error: BaseException) -> dict:
    """An exception's attributes, and what classes of the program's give it: plain values and properties, as they are now."""
    found = {}
    for base in reversed(type.__getattribute__(type(error), "__mro__")):
        for name, value in vars(base).items() if base.__module__ == "candidate" else ():
            is_plain = not callable(value) and not hasattr(type(value), "__get__")
            if not name.startswith("_") and (is_plain or isinstance(value, property)):
                with contextlib.suppress(Exception):
                    found[name] = getattr(error, name)
    own = {name: value for name, value in vars(error).items() if type(name) is str and not name.startswith("_")}
    return {**found, **own}


def exception_of(kind: object, args: tuple, attributes: "dict | None" = None, cause: object = None) -> BaseException:
    """The exception, or one that holds its arguments where its class wants others."""
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        kind = RuntimeError
    try:
        error = kind(*args)
    except Exception:
        error = RuntimeError(*args)
    vars(error).update((name, value) for name, value in (attributes or {}).items() if not name.startswith("_"))
    if isinstance(cause, BaseException):
        error.__cause__ = cause
    return error
