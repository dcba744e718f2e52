"""
Values as typed JSON, for the way between a candidate and its grader. What arrives is of exact built-in types, whatever
was sent: a subclass gives the value of its base, so no method of the sender's runs at the receiver. No pickle.

Null, booleans, numbers and texts are themselves; anything else is a list that starts with a tag. Mutable containers are
numbered as they are met, so that shared ones and cycles survive (`["ref", n]`), and so that a reply can name those of the call.
"""

import base64
import builtins
import collections
import datetime
import decimal
import fractions

from arrays import array_node, array_of, array_parts, to_text

SCALARS = (type(None), bool, int, float, str)
# Longer ones go in hexadecimal: Python refuses to read thousands of decimal digits.
SHORT = 1 << 63
# Nested deeper than this, neither json nor the reader's own recursion can be trusted to hold.
DEPTH = 200


class CannotCross(Exception):
    """A value that can't be carried as data, nor by reference."""


# Type: (tag, parts of a value, value from its parts). Immutable, and made of scalars alone.
ATOMS = {
    complex: ("complex", lambda v: [v.real, v.imag], complex),
    bytes: ("bytes", lambda v: [to_text(v)], base64.b64decode),
    range: ("range", lambda v: [v.start, v.stop, v.step], range),
    decimal.Decimal: ("decimal", lambda v: [str(v)], decimal.Decimal),
    fractions.Fraction: ("fraction", lambda v: [v.numerator, v.denominator], fractions.Fraction),
    datetime.datetime: ("datetime", lambda v: [v.isoformat()], datetime.datetime.fromisoformat),
    datetime.date: ("date", lambda v: [v.isoformat()], datetime.date.fromisoformat),
    datetime.time: ("time", lambda v: [v.isoformat()], datetime.time.fromisoformat),
    datetime.timedelta: (
        "timedelta",
        lambda v: [v.days, v.seconds, v.microseconds],
        datetime.timedelta,
    ),
    type(Ellipsis): ("ellipsis", lambda v: [], lambda: Ellipsis),
    type(NotImplemented): ("not-implemented", lambda v: [], lambda: NotImplemented),
}
ATOM_READERS = {tag: read for tag, _, read in ATOMS.values()}

# Mutable containers: tag, and how to make an empty one. Their content is a list of items or of pairs.
CONTAINERS = {
    list: "list",
    dict: "dict",
    set: "set",
    bytearray: "bytearray",
    collections.deque: "deque",
    collections.OrderedDict: "ordered-dict",
    collections.Counter: "counter",
    collections.defaultdict: "default-dict",
}
MAKERS = {tag: kind for kind, tag in CONTAINERS.items()}
FROZEN = {tuple: "tuple", frozenset: "frozenset"}
# The value of a subclass, by the base's own method.
PLAIN = {int: int.__int__, float: float.__float__, str: str.__str__}
# A subclass is taken for the first of these that it derives from.
BASES = (*PLAIN, *FROZEN, *CONTAINERS, *ATOMS)


class Encoder:
    """Encodes values of one message. `known` are the mutable containers of the message that it answers."""

    def __init__(self, refer: object, known: "list | tuple" = ()) -> None:
        self._refer = refer
        self.containers = list(known)
        self._numbers = {id(container): number for number, container in enumerate(known)}
        self._depth = 0

    def encode(self, value: object) -> object:
        """The value as JSON; raises CannotCross."""
        kind = type(value)
        if kind is int and not -SHORT < value < SHORT:
            return ["int", hex(value)]
        if kind in SCALARS:
            return value
        number = self._numbers.get(id(value))
        if number is not None:
            return ["ref", number]
        self._depth += 1
        if self._depth > DEPTH:
            raise CannotCross(f"a value nested deeper than {DEPTH} levels")
        try:
            return self._encode(value, kind)
        finally:
            self._depth -= 1

    def content(self, container: object) -> list:
        """What a container holds now, those of its items that are known containers by their numbers."""
        kind = type(container)
        base = kind if kind in CONTAINERS else _base_of(kind)
        if base is None:
            return array_parts(container)
        if base is bytearray:
            return [to_text(bytes(container))]
        if issubclass(base, dict):
            return [[self.encode(key), self.encode(item)] for key, item in dict.items(container)]
        return [self.encode(item) for item in base.__iter__(container)]

    def _encode(self, value: object, kind: type) -> object:
        if kind in CONTAINERS or kind in FROZEN:
            return self._container(value, kind)
        if isinstance(value, type) and getattr(builtins, kind.__getattribute__(value, "__name__"), None) is value:
            return ["builtin", value.__name__]
        if isinstance(value, BaseException):
            return ["exception", self.encode(kind), self.encode(tuple(value.args))]
        array = array_node(value)
        if array is not None:
            if array[0] == "array":
                self._add(value)
            return array
        base = kind if kind in ATOMS else _base_of(kind)
        if base is tuple and hasattr(kind, "_fields"):
            fields = [str(field) for field in kind._fields]
            return ["namedtuple", str(kind.__name__), fields, [self.encode(item) for item in tuple.__iter__(value)]]
        if base in CONTAINERS or base in FROZEN:
            return self._container(value, base)
        if base in ATOMS:
            tag, parts, _ = ATOMS[base]
            return [tag, *parts(value)]
        if base in PLAIN:
            return self.encode(PLAIN[base](value))
        return self._refer(value)

    def _container(self, value: object, base: type) -> list:
        if base in FROZEN:
            return [FROZEN[base], [self.encode(item) for item in base.__iter__(value)]]
        self._add(value)
        return [CONTAINERS[base], self.content(value)]

    def _add(self, container: object) -> None:
        self._numbers[id(container)] = len(self.containers)
        self.containers.append(container)


class Decoder:
    """Decodes values of one message; `known` as for the encoder. `resolve` gives the object of a reference's node."""

    def __init__(self, resolve: object, known: "list | tuple" = ()) -> None:
        self._resolve = resolve
        self.containers = list(known)

    def decode(self, node: object) -> object:
        """The value of a node; raises ValueError for what is none."""
        if type(node) in SCALARS:
            return node
        if type(node) is not list or not node or type(node[0]) is not str:
            raise ValueError("not a value")
        tag, *parts = node
        if tag == "ref":
            return self.containers[parts[0]]
        if tag in MAKERS:
            container = MAKERS[tag]()
            self.containers.append(container)
            self.fill(container, parts[0])
            return container
        if tag == "int":
            return int(parts[0], 16)
        if tag == "tuple":
            return tuple([self.decode(item) for item in parts[0]])
        if tag == "frozenset":
            return frozenset([self.decode(item) for item in parts[0]])
        if tag == "namedtuple":
            name, fields, items = parts
            return collections.namedtuple(name, fields, rename=True)(*[self.decode(item) for item in items])
        if tag == "builtin":
            return builtin_type(parts[0])
        if tag == "exception":
            return _exception(*[self.decode(part) for part in parts])
        if tag in ATOM_READERS:
            return ATOM_READERS[tag](*parts)
        if tag in ("array", "array-scalar"):
            return self._array(tag, *parts)
        return self._resolve(node)

    def fill(self, container: object, content: list) -> None:
        """Replace what a container holds."""
        if type(container) is bytearray:
            container[:] = base64.b64decode(content[0])
        elif isinstance(container, dict):
            pairs = [(self.decode(key), self.decode(item)) for key, item in content]
            dict.clear(container)
            for key, item in pairs:
                dict.__setitem__(container, key, item)
        elif isinstance(container, (list, set, collections.deque)):
            items = [self.decode(item) for item in content]
            container.clear()
            container.update(items) if isinstance(container, set) else container.extend(items)
        else:
            container[...] = array_of(*content)

    def _array(self, tag: str, *parts: object) -> object:
        array = array_of(*parts)
        if tag == "array-scalar":
            return array[()]
        self.containers.append(array)
        return array


def builtin_type(name: str) -> type:
    """The class that Python itself has by this name; raises ValueError."""
    found = getattr(builtins, name, None)
    if not isinstance(found, type):
        raise ValueError(f"no built-in class {name}")
    return found


def _exception(kind: object, args: tuple) -> BaseException:
    """The exception, or one that holds its arguments where its class wants others."""
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        kind = RuntimeError
    try:
        return kind(*args)
    except Exception:
        return RuntimeError(*args)


def _base_of(kind: type) -> "type | None":
    return next((base for base in BASES if issubclass(kind, base)), None)
