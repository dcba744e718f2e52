"""
Values as typed JSON, for the way between a candidate and its grader. What arrives is of exact built-in types, whatever
was sent: a subclass gives the value of its base, so no method of the sender's runs at the receiver. No pickle.

Null, booleans, numbers and texts are themselves; anything else is a list that starts with a tag. Mutable containers are
numbered as they are met, so that shared ones and cycles survive (`["ref", n]`), and so that a reply can name those of the call. So are exceptions (`["raised", n]`), within a message and as they are complete.
"""

import base64
import builtins
import collections

from arrays import to_text
from atoms import ATOM_READERS, ATOMS
from kinds import CONTAINERS, FROZEN, MADE_BY, MAKERS, PLAIN, base_of, made_by, make, mapping_of
from libraries import MUTABLE, READERS, library_node
from raised import attributes_of, exception_of

SCALARS = (type(None), bool, int, float, str)
# Longer ones go in hexadecimal: Python refuses to read thousands of decimal digits.
SHORT = 1 << 63
# Nested deeper than this, neither json nor the reader's own recursion can be trusted to hold.
DEPTH = 200
# Fields of a named tuple, for which Python compiles a function.
MOST_FIELDS = 1_000


class CannotCross(Exception):
    """A value that can't be carried as data, nor by reference."""


class AsData:
    """Of an object that stays where it is, the value of the base that it derives from."""

    def __init__(self, value: object) -> None:
        self.value = value


class Encoder:
    """
    Encodes values of one message. `known` are the mutable containers of the message that it answers. `end.refer(value)` gives the
    node of a value that stays here, `end.stays(kind)` says whether those of a class that derives from data do.
    """

    def __init__(self, end: object, known: "list | tuple" = ()) -> None:
        self._end = end
        self.containers = list(known)
        self._numbers = {id(container): number for number, container in enumerate(known)}
        # An exception is often an argument of the one that it is the cause of. Kept, so that no other gets its id.
        self._errors: dict = {}
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
        base = kind if kind in CONTAINERS else base_of(kind)
        if base is None:
            return self._library_content(container)
        if base is bytearray:
            return [to_text(bytes(container))]
        if issubclass(base, dict):
            return [[self.encode(key), self.encode(item)] for key, item in mapping_of(container).items(container)]
        return [self.encode(item) for item in base.__iter__(container)]

    def _encode(self, value: object, kind: type) -> object:
        if kind in CONTAINERS or kind in FROZEN:
            return self._container(value, kind)
        if kind is slice:
            return ["slice", *map(self.encode, (value.start, value.stop, value.step))]
        if isinstance(value, type) and getattr(builtins, kind.__getattribute__(value, "__name__"), None) is value:
            return ["builtin", value.__name__]
        if isinstance(value, BaseException):
            return self._error(value, kind)
        found = self._library_node(value)
        if found is not None:
            return found
        if kind is AsData:
            return self._data(value.value, type(value.value))
        if kind not in ATOMS and self._end.stays(kind):
            return self._end.refer(value)
        return self._data(value, kind)

    def _data(self, value: object, kind: type) -> object:
        base = kind if kind in ATOMS else base_of(kind)
        if base is tuple and hasattr(kind, "_fields"):
            return self._named_tuple(value, kind, kind._fields)
        if base is tuple and hasattr(kind, "n_sequence_fields"):
            # Such as what `max` of a tensor gives.
            return self._named_tuple(value, kind, kind.__match_args__)
        if base in CONTAINERS or base in FROZEN:
            return self._container(value, base)
        if base in ATOMS:
            tag, parts, _ = ATOMS[base]
            return [tag, *parts(value)]
        if base in PLAIN:
            return self.encode(PLAIN[base](value))
        return self._end.refer(value)

    def _named_tuple(self, value: tuple, kind: type, fields: tuple) -> list:
        items = [self.encode(item) for item in tuple.__iter__(value)]
        return ["namedtuple", str(kind.__name__), [str(field) for field in fields], items]

    def _error(self, error: BaseException, kind: type) -> list:
        if id(error) in self._errors:
            return ["raised", self._errors[id(error)][0]]
        parts = (kind, tuple(error.args), attributes_of(error), error.__cause__)
        node = ["exception", *map(self.encode, parts)]
        self._errors[id(error)] = (len(self._errors), error)
        return node

    def _library_node(self, value: object) -> "list | None":
        count, errors = len(self.containers), len(self._errors)
        found = library_node(value, self.encode)
        if found is None:
            # Of a value that stays nothing was sent, so nothing of it has a number.
            for container in self.containers[count:]:
                del self._numbers[id(container)]
            del self.containers[count:]
            while len(self._errors) > errors:
                self._errors.popitem()
        elif found[0] in MUTABLE:
            self._add(value)
        return found

    def _library_content(self, container: object) -> list:
        found = library_node(container, self.encode)
        if found is None:
            raise CannotCross(f"what a {type(container).__name__} holds now")
        return found

    def _container(self, value: object, base: type) -> list:
        if base in FROZEN:
            return [FROZEN[base], [self.encode(item) for item in base.__iter__(value)]]
        told = (self.encode(made_by(value, base)),) if base in MADE_BY else ()
        self._add(value)
        return [CONTAINERS[base], self.content(value), *told]

    def _add(self, container: object) -> None:
        self._numbers[id(container)] = len(self.containers)
        self.containers.append(container)


class Decoder:
    """Decodes values of one message; `known` as for the encoder. `resolve` gives the object of a reference's node."""

    def __init__(self, resolve: object, known: "list | tuple" = ()) -> None:
        self._resolve = resolve
        self.containers = list(known)
        self._errors: list = []
        # Nothing but values of Python's own types: no class was made and no library asked for any of them.
        self.is_plain = True

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
            kind = MAKERS[tag]
            container = make(kind, self.decode(parts[1])) if kind in MADE_BY else kind()
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
            self.is_plain = False
            return _named_tuple(*parts)(*[self.decode(item) for item in parts[2]])
        if tag == "slice":
            return slice(*map(self.decode, parts))
        if tag == "builtin":
            return builtin_type(parts[0])
        if tag == "exception":
            self._errors.append(exception_of(*[self.decode(part) for part in parts]))
            return self._errors[-1]
        if tag == "raised":
            return self._errors[parts[0]]
        if tag in ATOM_READERS:
            return ATOM_READERS[tag](*parts)
        if tag in READERS:
            self.is_plain = False
            found = READERS[tag](self.decode, *parts)
            if tag in MUTABLE:
                self.containers.append(found)
            return found
        return self._resolve(node)

    def fill(self, container: object, content: list) -> None:
        """Replace what a container holds."""
        if type(container) is bytearray:
            container[:] = base64.b64decode(content[0])
        elif isinstance(container, dict):
            pairs = [(self.decode(key), self.decode(item)) for key, item in content]
            mapping = mapping_of(container)
            mapping.clear(container)
            for key, item in pairs:
                mapping.__setitem__(container, key, item)
        elif isinstance(container, (list, set, collections.deque)):
            items = [self.decode(item) for item in content]
            container.clear()
            container.update(items) if isinstance(container, set) else container.extend(items)
        else:
            self.is_plain = False
            tag, *parts = content
            MUTABLE[tag](container, READERS[tag](self.decode, *parts))


def builtin_type(name: str) -> type:
    """The class that Python itself has by this name; raises ValueError."""
    found = getattr(builtins, name, None)
    if not isinstance(found, type):
        raise ValueError(f"no built-in class {name}")
    return found


def _named_tuple(name: str, fields: list, _: list) -> type:
    if len(fields) > MOST_FIELDS:
        raise ValueError("a named tuple of too many fields")
    return collections.namedtuple(name, fields, rename=True)
