"""Python's own types of data, and what a class that derives from one is taken for."""

import collections

from atoms import ATOMS

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
# By what some of these are made: a deque by its longest length, a dict by what makes the values that are missing.
MADE_BY = {collections.deque: "maxlen", collections.defaultdict: "default_factory"}
FROZEN = {tuple: "tuple", frozenset: "frozenset"}
# The value of a subclass, by the base's own method.
PLAIN = {int: int.__int__, float: float.__float__, str: str.__str__}
# A subclass is taken for the first of these that it derives from.
BASES = (*PLAIN, *FROZEN, *CONTAINERS, *ATOMS)


def made_by(container: object, base: type) -> object:
    """What `make` is to be told, by the base's own word."""
    return vars(base)[MADE_BY[base]].__get__(container)


def make(kind: type, told: object) -> object:
    """An empty container of a kind in `MADE_BY`."""
    return collections.deque((), told) if kind is collections.deque else kind(told)


def mapping_of(container: dict) -> type:
    """Whose methods keep the order of a mapping's keys."""
    return collections.OrderedDict if isinstance(container, collections.OrderedDict) else dict


def base_of(kind: type) -> "type | None":
    """The type of data that a class is taken for; None for other objects' classes."""
    return next((base for base in BASES if issubclass(kind, base)), None)
