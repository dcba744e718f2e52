"""
The grader's side of the wire: what goes to the candidate and what comes back, which is data of exact types, or a stand-in
for what stays there.
"""

import types

from arrays import masked_parts
from blocks import is_refutation
from codec import CannotCross, Decoder, Encoder, builtin_type
from kinds import BASES
from lengths import LOOKS, Asked, counting
from named import name_of
from peer import Peer, encode_exception
from settings import Settings
from signatures import FUNCTIONS, name_itself, parameters_of
from stand_ins import RemoteClass, RemoteObject, as_data, exception_image, forward, number_of
from stops import failure_of, unexpected_stops

# Special methods that a stand-in has if the candidate's class defines them. `__eq__` is in neither: see `RemoteObject`.
PLAIN = frozenset(
    "__len__ __iter__ __next__ __getitem__ __setitem__ __delitem__ __call__ __enter__ __exit__ __str__ __repr__ "
    "__format__ __reversed__".split()
)
# Those that decide over a value handed to them, which may be the one that the test expects: `abs(f(x) - 3) < 0.1` and
# `3 in f(x)` would hold for an object that says so. They are for tasks that ask for a class, whose operators are under test.
OPERATORS = frozenset(
    "__contains__ __bool__ __lt__ __le__ __gt__ __ge__ __neg__ __pos__ __abs__ __invert__ __int__ __float__ __complex__ "
    "__index__ __round__ __trunc__ __floor__ __ceil__ __divmod__ __rdivmod__".split()
).union(
    f"__{before}{name}__"
    for name in "add sub mul matmul truediv floordiv mod pow and or xor lshift rshift".split()
    for before in ("", "r", "i")
)


class GraderEnd:
    """Holds the stand-ins, the classes made for them, and the functions that the candidate may call back."""

    def __init__(self, test: str, asks_for_class: bool, settings: Settings) -> None:
        self.test = test
        self.setting = settings.take
        self._asks_for_class = asks_for_class
        self._forwarded = PLAIN | OPERATORS if asks_for_class else PLAIN
        self.peer: "Peer | None" = None
        self.entry: "int | None" = None
        # What the class under test gave: its static and class methods are under test as well.
        self._of_entry: "set[int]" = set()
        self.on_entry: object = None
        # To be called when an assertion of the test's did not hold where the program might swallow that; the last such exception.
        self.on_refuted: object = None
        self._withheld: "BaseException | None" = None
        self._stand_ins: dict = {}
        self._images: dict = {}
        self._functions: list = []
        self._handed: dict = {}
        self._stops = unexpected_stops(test)
        self._lengths: dict = {}
        self.asked = Asked()
        # An object whose iterator was given and not yet asked for an item.
        self.starting: object = None
        # Such a test may see an object change by itself.
        self._waits = any(word in test for word in ("sleep", "wait", "hread"))

    @property
    def is_plain(self) -> bool:
        """Of the candidate nothing but its function was here, and values of Python's own types."""
        is_function_alone = set(self._stand_ins) <= {self.entry} and not self._images and not self._functions
        return is_function_alone and self.peer is not None and self.peer.is_plain

    def call(self, target: object, args: tuple, kwargs: dict) -> object:
        """Call a function or class of the candidate's."""
        number = number_of(target)
        if number == self.entry or number in self._of_entry:
            self.on_entry()
        self.forget_lengths()
        return self._ask("call", [target, list(args), kwargs], self._stops)

    def method(self, target: object, name: str, args: tuple, kwargs: dict) -> object:
        """Call a method of a candidate's object."""
        # The end of an iterator is told by it alone.
        stops = () if name == "__next__" else self._stops
        return self._ask("method", [target, name, list(args), kwargs], stops, name not in LOOKS)

    def get(self, target: object, name: str) -> object:
        """An attribute of a candidate's object or class."""
        found = self._ask("get", [target, name], self._stops, False)
        if isinstance(target, type) and number_of(target) == self.entry and isinstance(found, types.FunctionType):
            self._of_entry.add(number_of(found))
        return found

    def set(self, target: object, name: str, value: object) -> None:
        """Set an attribute of a candidate's object or class."""
        self.forget_lengths()
        self._ask("set", [target, name, value], self._stops)

    def delete(self, target: object, name: str) -> None:
        """Delete an attribute of a candidate's object or class."""
        self.forget_lengths()
        self._ask("delete", [target, name], self._stops)

    def value(self, target: object) -> object:
        """The data that an object is by a base of its class."""
        return self._ask("value", [target], self._stops, False)

    def _ask(self, what: str, values: list, stops: tuple, may_change: bool = True) -> object:
        before = self.asked.may_change
        self.asked.may_change = may_change and before is not False
        try:
            return self.peer.ask({"do": what}, values)
        except stops as error:
            failure = failure_of(error)
            failure.candidate_facts = error.candidate_facts
            raise failure from error
        finally:
            self.asked.may_change = before

    def agree(self, target: object, length: object) -> None:
        """Hold an object to the length that it has told, until something may have changed it."""
        told = length if self._waits else self._lengths.setdefault(number_of(target), length)
        if told != length:
            raise CannotCross(f"an object of {told} items says that it has {length}")

    def forget_lengths(self) -> None:
        """
        Something of the candidate's is done, and may change what it has. It counts not while an object is looked at, which could
        see to that itself.
        """
        if self.asked.may_change is not False:
            self._lengths.clear()
            self.starting = None

    def serve(self, request: dict, values: list) -> object:
        """The one thing that a candidate may ask for: the call of a function that the test handed over."""
        if request["do"] != "call":
            raise ValueError("the grader serves calls alone")
        args, kwargs = values
        function = self._functions[request["number"]]
        if self.asked.may_change:
            self.forget_lengths()
        was_serving, self.asked.is_serving = self.asked.is_serving, True
        try:
            return function(*args, **kwargs)
        except BaseException as error:
            if not is_refutation(error):
                raise
            # What the test expects is in its text, and a program may catch it and try again.
            self.on_refuted()
            self._withheld = error
            raise AssertionError from None
        finally:
            self.asked.is_serving = was_serving

    def stays(self, _: type) -> bool:
        """What derives from data goes as data."""
        return False

    def refer(self, value: object) -> list:
        """The node of a stand-in that goes back, of a library's class or function, or of a function that stays here."""
        number = number_of(value)
        if number is not None:
            return ["candidate", number]
        masked = masked_parts(value)
        if masked is not None:
            return ["masked-array", *masked]
        if not callable(value):
            raise CannotCross(f"a value of type {type(value).__name__} can't be handed to the program")
        # Of a method Python makes an object each time that it is named.
        key = value if isinstance(value, FUNCTIONS) else id(value)
        if key not in self._handed:
            self._handed[key] = self._hand_out(value)
        return self._handed[key]

    def _hand_out(self, value: object) -> list:
        self._functions.append(value)
        library, name = name_of(value), getattr(value, "__name__", None)
        name = name if type(name) is str else type(value).__name__
        return ["grader", len(self._functions) - 1, library, name, None if library else parameters_of(value)]

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
        if self._withheld is not None and type(error) is AssertionError and not error.args:
            return self._withheld
        if isinstance(error, SystemExit):
            error.code = node["code"]
        error.candidate_facts = node["facts"]
        if "_remote" in vars(type(error)):
            error._text = str(node["facts"]["message"])
        return error

    def _function(self, number: int, name: str, parameters: "list | None") -> object:
        def remote(*args: object, **kwargs: object) -> object:
            return self.call(remote, args, kwargs)

        name_itself(remote, name, parameters)
        remote._remote = number
        return remote

    def _object(self, number: int, kind: list) -> object:
        stand_in = object.__new__(self._image(*kind[1:]))
        object.__setattr__(stand_in, "_remote", number)
        return stand_in

    def _class(self, number: int, name: str, foreign: "list[str]", library: list, own: list, *rest: object) -> type:
        builtin = [kind for kind in map(builtin_type, foreign) if issubclass(kind, BaseException)]
        if builtin:
            return exception_image(number, name, builtin, [self.resolve(base) for base in own], library)
        return self._image(number, name, foreign, library, own, *rest)

    def _image(
        self, number: int, name: str, foreign: "list[str]", library: list, own: list, special: list, is_data: bool
    ) -> type:
        """The class of the stand-ins for one class's objects."""
        if number not in self._images:
            bases = tuple(self._image(*base[1:]) for base in own) or (RemoteObject,)
            methods = {method: forward(self, method) for method in self._forwarded.intersection(special)}
            if not self._asks_for_class and "__len__" in methods:
                methods.update(counting(self, methods))
            if self._asks_for_class and is_data:
                base = next((base for base in map(builtin_type, foreign) if base in BASES), None)
                methods = {**as_data(self), **methods, "_remote_base": base}
            self._images[number] = RemoteClass(name, bases, {**methods, "_end": self, "_remote": number, "_library": library})
        return self._images[number]
