"""
The grader's side of the wire: stand-ins for what stays with the candidate. They forward calls, attributes and special
methods; what comes back is data of exact types, or another stand-in. Nothing of the candidate's runs here.
"""

import inspect
import types
import typing

from codec import CannotCross, Decoder, Encoder, builtin_type
from peer import Peer, encode_exception

# Special methods that a stand-in has if the candidate's class defines them. `__eq__` is in neither: see `RemoteObject`.
PLAIN = frozenset(
    "__len__ __iter__ __next__ __getitem__ __setitem__ __delitem__ __call__ __enter__ __exit__ __str__ __repr__ "
    "__format__ __reversed__".split()
)
# Those that decide over a value handed to them, which may be the one that the test expects: `abs(f(x) - 3) < 0.1` and
# `3 in f(x)` would hold for an object that says so. They are for tasks that ask for a class, whose operators are under test.
OPERATORS = frozenset(
    "__contains__ __bool__ __lt__ __le__ __gt__ __ge__ __add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __matmul__ "
    "__truediv__ __floordiv__ __mod__ __pow__ __neg__ __pos__ __abs__ __invert__ __int__ __float__ __index__ "
    "__round__".split()
)


class GraderEnd:
    """Holds the stand-ins, the classes made for them, and the functions that the candidate may call back."""

    def __init__(self, asks_for_class: bool) -> None:
        self._forwarded = PLAIN | OPERATORS if asks_for_class else PLAIN
        self.peer: "Peer | None" = None
        self.entry: "int | None" = None
        self.on_entry: object = None
        self._stand_ins: dict = {}
        self._images: dict = {}
        self._functions: list = []

    def call(self, target: object, args: tuple, kwargs: dict) -> object:
        """Call a function or class of the candidate's."""
        if number_of(target) == self.entry:
            self.on_entry()
        return self.peer.ask({"do": "call"}, [target, list(args), kwargs])

    def method(self, target: object, name: str, args: tuple, kwargs: dict) -> object:
        """Call a method of a candidate's object."""
        return self.peer.ask({"do": "method"}, [target, name, list(args), kwargs])

    def serve(self, request: dict, values: list) -> object:
        """The one thing that a candidate may ask for: the call of a function that the test handed over."""
        if request["do"] != "call":
            raise ValueError("the grader serves calls alone")
        args, kwargs = values
        return self._functions[request["number"]](*args, **kwargs)

    def refer(self, value: object) -> list:
        """The node of a stand-in that goes back, or of a function that stays here."""
        number = number_of(value)
        if number is not None:
            return ["candidate", number]
        if not callable(value):
            raise CannotCross(f"a value of type {type(value).__name__} can't be handed to the program")
        self._functions.append(value)
        return ["grader", len(self._functions) - 1]

    def resolve(self, node: list) -> object:
        """The stand-in of a node; the same one for the same object."""
        kind, number = node[:2]
        if kind == "grader":
            return self._functions[number]
        if number not in self._stand_ins:
            make = {"class": self._class, "function": self._function, "object": self._object}[kind]
            self._stand_ins[number] = make(number, *node[2:])
        return self._stand_ins[number]

    def describe(self, error: BaseException, encoder: Encoder) -> dict:
        """What a candidate learns of an exception in a function that it called back."""
        return {"raised": encode_exception(error, encoder, str(error))}

    def revive(self, node: dict, decoder: Decoder) -> BaseException:
        """The candidate's exception, of the same built-in class or of one made in its image."""
        error = decoder.decode(node["raised"])
        if isinstance(error, SystemExit):
            error.code = node["code"]
        error.candidate_facts = node["facts"]
        return error

    def _function(self, number: int, name: str, parameters: "list | None") -> object:
        def remote(*args: object, **kwargs: object) -> object:
            return self.call(remote, args, kwargs)

        remote.__name__ = remote.__qualname__ = name
        remote._remote = number
        if parameters is not None:
            remote.__signature__ = _signature(parameters)
        return remote

    def _object(self, number: int, kind: list) -> object:
        stand_in = object.__new__(self._image(*kind[1:]))
        object.__setattr__(stand_in, "_remote", number)
        return stand_in

    def _class(self, number: int, name: str, foreign: "str | None", own: list, special: list) -> type:
        if foreign is not None and issubclass(builtin_type(foreign), BaseException):
            return _exception_class(number, name, builtin_type(foreign), [self.resolve(base) for base in own])
        return self._image(number, name, foreign, own, special)

    def _image(self, number: int, name: str, foreign: "str | None", own: list, special: list) -> type:
        """The class of the stand-ins for one class's objects."""
        if number not in self._images:
            bases = tuple(self._image(*base[1:]) for base in own) or (RemoteObject,)
            methods = {method: _forward(self, method) for method in self._forwarded.intersection(special)}
            if self._forwarded is PLAIN and "__len__" in methods and "__iter__" in methods:
                methods["__iter__"] = _counted(methods["__iter__"])
            self._images[number] = RemoteClass(name, bases, {**methods, "_end": self, "_remote": number})
        return self._images[number]


def number_of(value: object) -> "int | None":
    """The number of a stand-in; None for anything else."""
    if isinstance(value, RemoteObject):
        return object.__getattribute__(value, "_remote")
    if isinstance(value, (RemoteClass, types.FunctionType)) or _is_exception_class(value):
        return vars(value).get("_remote")
    return None


class RemoteClass(type):
    """The type of stand-ins for candidate's classes: calling one makes an object on the other side."""

    def __call__(cls, *args: object, **kwargs: object) -> object:
        return cls._end.call(cls, args, kwargs)

    def __instancecheck__(cls, value: object) -> bool:
        # Of a named tuple the values come, not the object.
        is_named = isinstance(value, tuple) and hasattr(type(value), "_fields") and type(value).__name__ == cls.__name__
        return is_named or type.__instancecheck__(cls, value)

    def __getattr__(cls, name: str) -> object:
        if name in ("_end", "_remote"):
            raise AttributeError(name)
        return cls._end.peer.ask({"do": "get"}, [cls, name])


class RemoteObject(metaclass=RemoteClass):
    """
    A stand-in for an object. It equals only itself: what a candidate says of equality is no evidence, and the value that
    a test expects is never one of these.
    """

    def __getattr__(self, name: str) -> object:
        return type(self)._end.peer.ask({"do": "get"}, [self, name])

    def __setattr__(self, name: str, value: object) -> None:
        type(self)._end.peer.ask({"do": "set"}, [self, name, value])


def _forward(end: GraderEnd, name: str) -> object:
    def method(self: object, *args: object) -> object:
        if name == "__exit__":
            args = tuple(None if isinstance(value, types.TracebackType) else value for value in args)
        return end.method(self, name, args, {})

    return method


def _counted(iterate: object) -> object:
    """Of an object that has a length: it must not say one thing to `len` and another to `for`."""

    def method(self: object) -> "typing.Iterator[object]":
        count = 0
        for count, item in enumerate(iterate(self), 1):
            yield item
        if count != len(self):
            raise CannotCross(f"an object of {len(self)} items came to its end after {count}")

    return method


def _is_exception_class(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseException)


def _signature(parameters: list) -> inspect.Signature:
    """Defaults stay with the candidate: that there is one is all that is known of them."""
    made = [
        inspect.Parameter(name, kind, default=... if has_default else inspect.Parameter.empty)
        for name, kind, has_default in parameters
    ]
    return inspect.Signature(made)


def _exception_class(number: int, name: str, builtin: type, own: list) -> type:
    bases = tuple(base for base in own if _is_exception_class(base))
    return type(name, bases or (builtin,), {"_remote": number})
