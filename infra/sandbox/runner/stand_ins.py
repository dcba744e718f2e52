"""
Stand-ins in the grader for what stays with the candidate. They forward calls, attributes and special methods; nothing of the
candidate's runs here.
"""

import sys
import types

from blocks import must_go_on
from codec import CannotCross
from fault import TEST
from lengths import READING, TEXTS
from named import exception_class, live_class
from protocols import is_protocol


def number_of(value: object) -> "int | None":
    """The number of a stand-in; None for anything else."""
    kind = type(value)
    if issubclass(kind, RemoteObject):
        return object.__getattribute__(value, "_remote")
    if issubclass(kind, (RemoteClass, types.FunctionType)) or is_exception_class(value):
        return vars(value).get("_remote")
    return None


class RemoteClass(type):
    """The type of stand-ins for candidate's classes: calling one makes an object on the other side."""

    def __call__(cls, *args: object, **kwargs: object) -> object:
        return cls._end.call(cls, args, kwargs)

    def __instancecheck__(cls, value: object) -> bool:
        # Of a named tuple the values come, not the object.
        is_named = issubclass(type(value), tuple) and hasattr(type(value), "_fields") and type(value).__name__ == cls.__name__
        return is_named or type.__instancecheck__(cls, value)

    def __getattr__(cls, name: str) -> object:
        if name in ("_end", "_remote") or is_protocol(name):
            raise AttributeError(name)
        return cls._end.get(cls, name)

    def __setattr__(cls, name: str, value: object) -> None:
        cls._end.set(cls, name, value)

    def __delattr__(cls, name: str) -> None:
        cls._end.delete(cls, name)


class RemoteObject(metaclass=RemoteClass):
    """
    A stand-in for an object. It equals only itself: what a candidate says of equality is no evidence, and the value that
    a test expects is never one of these.
    """

    _library: list = []
    # Of a class that derives from Python's own data, where the task asks for a class.
    _remote_base: "type | None" = None

    @property
    def __class__(self) -> type:
        """
        To `isinstance` an object is of the library's class, or of Python's own data, that it says to derive from. Any program
        may derive from one, so that nothing is proved by it, nor given away.
        """
        kind = type(self)
        return _claimed(kind) or kind

    def __getattr__(self, name: str) -> object:
        if is_protocol(name):
            raise AttributeError(name)
        return type(self)._end.get(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        type(self)._end.set(self, name, value)

    def __delattr__(self, name: str) -> None:
        type(self)._end.delete(self, name)

    def __reduce_ex__(self, protocol: object) -> object:
        raise CannotCross(f"an object of the program's can't be copied: {type(self).__name__}")


def forward(end: object, name: str) -> object:
    """A special method that the candidate's object carries out."""

    def call(self: object, *args: object, **kwargs: object) -> object:
        return end.call(self, args, kwargs)

    def leave(self: object, *args: object) -> object:
        end.forget_lengths()
        sent = tuple(None if isinstance(value, types.TracebackType) else value for value in args)
        swallows = end.method(self, name, sent, {})
        error = next((value for value in args if isinstance(value, BaseException)), None)
        return False if swallows and must_go_on(error, end.test) else swallows

    def method(self: object, *args: object, **kwargs: object) -> object:
        if name not in READING:
            end.forget_lengths()
        return end.method(self, name, args, kwargs)

    def tell(self: object, *args: object) -> object:
        # Asked by an assertion that did not hold, in a function that the program calls back, it would learn of that.
        if end.asked.is_serving and sys._getframe(1).f_code.co_filename != TEST:
            return f"<{type(self).__name__} object>"
        return method(self, *args)

    special = {"__call__": call, "__exit__": leave, **dict.fromkeys(TEXTS, tell)}
    return special.get(name, method)


def as_data(end: object) -> dict:
    """
    Special methods for an object whose class derives from data: it equals what its data equals, compared here, and a list or
    text can be put before it.
    """

    def equal(self: object, other: object) -> object:
        return self is other or end.value(self) == other

    def hashed(self: object) -> int:
        return hash(end.value(self))

    def added(self: object, other: object) -> object:
        return other + end.value(self)

    return {"__eq__": equal, "__hash__": hashed, "__radd__": added}


def is_exception_class(value: object) -> bool:
    """Whether this is a class of exceptions."""
    return isinstance(value, type) and issubclass(value, BaseException)


def exception_image(number: int, name: str, builtin: "list[type]", own: list, library: list) -> type:
    """A class like the candidate's, for tests that expect it, or one that it derives from. No library's code makes its objects."""
    bases = [base for base in own if is_exception_class(base)]
    for base in (exception_class(library, kind) for kind in builtin):
        if not any(issubclass(each, base) for each in bases):
            bases.append(base)
    return type(name, tuple(bases), {"_remote": number, "__init__": builtin[0].__init__, "__str__": _text})


def _text(error: BaseException) -> str:
    """What the candidate's exception says of itself."""
    return vars(error).get("_text", "")


def _claimed(kind: RemoteClass) -> "type | None":
    """A class below the library's for `isinstance` to find; calling it makes an object on the other side, as `kind` does."""
    if "_claim" not in vars(kind):
        base = kind._remote_base or live_class(kind._library)
        if base is None:
            return None
        # What a library sets as it makes the class (`ABCMeta`, `__init_subclass__`) is this side's, and is not to be sent.
        own = {name: vars(type)[name] for name in ("__instancecheck__", "__setattr__", "__delattr__")}
        meta = type("Claim", (RemoteClass, type(base)), own)
        try:
            claim = meta(kind.__name__, (base,), {"_end": kind._end, "_remote": kind._remote})
        except Exception:
            # Of a class that none can derive from, objects are made by nobody but Python.
            claim = base if base is types.GeneratorType else None
        type.__setattr__(kind, "_claim", claim)
    return vars(kind)["_claim"]
