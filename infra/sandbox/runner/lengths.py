"""Objects that have a length: they must not say one thing to `len`, and another to `for` or to `len` the next time."""

import itertools
import threading
import typing

from codec import CannotCross

# Special methods that tell of an object in words.
TEXTS = frozenset("__str__ __repr__ __format__".split())
# Those by which an object does not change. Its items it may well make as it is asked for them.
READING = TEXTS | {"__len__", "__iter__", "__reversed__"}
# Those by which it is only looked at: for the test they change nothing.
LOOKS = READING | {"__next__", "__getitem__"}


class Asked(threading.local):
    """
    Of a thread: whether all that it has asked and has no answer to may change the program's objects (None if it asks nothing),
    and whether it carries out a function of the test's that the program has called.
    """

    may_change: "bool | None" = None
    is_serving = False


def counting(end: object, methods: dict) -> dict:
    """Those of these special methods of a stand-in that measure it or go through it, or that Python does without, made to agree."""
    has_items = "__getitem__" in methods
    made = {"__len__": _measured(end, methods["__len__"])}
    for name, by_place in (("__iter__", _from_first), ("__reversed__", _from_last)):
        if name in methods:
            made[name] = _counted(end, _given(end, methods[name]))
        elif has_items:
            made[name] = _counted(end, by_place(end))
    return made


def _measured(end: object, measure: object) -> object:
    def method(self: object) -> object:
        length = measure(self)
        # Asked of an object whose loop is about to begin it is no test's question: `list` asks for how much room to make.
        if end.starting is not self:
            end.agree(self, length)
        return length

    return method


def _counted(end: object, give: object) -> object:
    def method(self: object) -> "typing.Iterator[object]":
        end.starting = self
        return items(self)

    def items(self: object) -> "typing.Iterator[object]":
        end.starting = None
        count = 0
        for count, item in enumerate(give(self), 1):
            yield item
        if count != len(self):
            raise CannotCross(f"an object of {len(self)} items came to its end after {count}")

    return method


def _given(end: object, iterate: object) -> object:
    """By its own iterator. To give an item does not change what an object has."""

    def give(self: object) -> "typing.Iterator[object]":
        items = iterate(self)
        while True:
            try:
                item = end.method(items, "__next__", (), {})
            except StopIteration:
                return
            yield item

    return give


def _from_first(end: object) -> object:
    """As Python does for want of `__iter__`."""

    def give(self: object) -> "typing.Iterator[object]":
        for place in itertools.count():
            try:
                item = end.method(self, "__getitem__", (place,), {})
            except IndexError:
                return
            yield item

    return give


def _from_last(end: object) -> object:
    """As Python does for want of `__reversed__`, but for an IndexError, which it takes for the end."""

    def give(self: object) -> "typing.Iterator[object]":
        for place in reversed(range(len(self))):
            yield end.method(self, "__getitem__", (place,), {})

    return give
