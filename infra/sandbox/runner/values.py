"""
Describes values in a few words: what a trace shows of variables, arguments and results. Nothing that a program defines is
called for it; of libraries' objects only what tells their shape.
"""

import math
import sys
import typing

from names import HOMELESS, NAME_CAP, class_name, module_name, public_name


class Room(typing.NamedTuple):
    """How much of a value is shown: items of a container, characters of a text, characters in all."""

    items: int
    text: int
    whole: int


IN_A_LIST, AS_A_SIDE = Room(4, 60, 120), Room(16, 200, 300)
DEPTH, FACT_CAP, DIGITS = 2, 60, 6
# Arrays with no more elements than this are shown as a whole; sets are sorted, for the same text in every run.
SMALL, SORTED = 8, 1_000
NUMBERS = (bool, int, float, complex, type(None))
BRACKETS = {list: "[]", tuple: "()", set: "{}", frozenset: "{}"}
# Libraries whose arrays, tables and images tell their shape.
LIBRARIES = ("numpy", "torch", "tensorflow", "keras", "pandas", "PIL", "scipy")


def describe_value(name: str, value: object) -> dict:
    """A `LocalValue` of a test report; no value where type and shape say all that is known."""
    facts = {"name": name[:NAME_CAP], "type": "", "shape": None, "dtype": None, "device": None, "length": None, "value": ""}
    try:
        facts["type"] = type_name(value)
        if type(value) in (list, tuple, set, frozenset, dict, str, bytes):
            facts["length"] = len(value)
        elif is_librarys(value):
            facts.update(_array_facts(value))
            return {**facts, "value": _elements(value, facts["shape"], IN_A_LIST)}
        elif type(value) not in NUMBERS:
            return facts
        return {**facts, "value": show(value)}
    except BaseException:
        return facts


def show(value: object, room: Room = IN_A_LIST, depth: int = 0) -> str:
    """A short text, the same in every run."""
    kind = type(value)
    if kind in NUMBERS:
        return _number(value)
    if kind in (str, bytes):
        return _cut(repr(value[: room.text]) + ("..." if len(value) > room.text else ""), room)
    if kind is dict:
        first = _first(value.items(), room, depth)
        items = [f"{show(key, room, depth + 1)}: {show(each, room, depth + 1)}" for key, each in first]
        return "{" + _joined(items, len(value), room) + "}"
    if kind in BRACKETS:
        return _container(value, room, depth)
    if is_librarys(value):
        return _library_text(value, room)
    return f"<{type_name(value)}>"


def type_name(value: object) -> str:
    """The name of a value's class; a library's by the path that its users write."""
    kind = type(value)
    known = None if module_name(kind) in HOMELESS else public_name(kind)
    return known or class_name(kind)


def is_librarys(value: object) -> bool:
    """Whether its class is one of a known library, and no other that calls itself so."""
    kind = type(value)
    module = module_name(kind)
    return module.partition(".")[0] in LIBRARIES and vars(sys.modules.get(module, sys)).get(class_name(kind)) is kind


def _container(value: object, room: Room, depth: int) -> str:
    kind = type(value)
    if kind in (set, frozenset) and len(value) <= SORTED:
        shown = sorted(show(each, room, depth + 1) for each in value)[: room.items if depth < DEPTH else 0]
    else:
        shown = [show(each, room, depth + 1) for each in _first(value, room, depth)]
    if kind is tuple and len(value) == 1 and shown:
        return f"({shown[0]},)"
    if kind in (set, frozenset) and not value:
        return f"{kind.__name__}()"
    opening, closing = BRACKETS[kind]
    return opening + _joined(shown, len(value), room) + closing


def _array_facts(value: object) -> dict:
    # Of the class's own: a table has its columns as attributes.
    found = {name: getattr(value, name) if hasattr(type(value), name) else None for name in ("shape", "dtype", "device")}
    shape = found["shape"]
    if shape is None and "PIL" in module_name(type(value)):
        shape, found["dtype"] = value.size, value.mode
    is_numpys = module_name(type(value)).startswith("numpy")
    return {
        "shape": None if shape is None else [int(size) for size in tuple(shape)][:8],
        "dtype": None if found["dtype"] is None else str(found["dtype"])[:FACT_CAP],
        "device": None if found["device"] is None or is_numpys else str(found["device"])[:FACT_CAP],
    }


def _library_text(value: object, room: Room) -> str:
    facts = _array_facts(value)
    shape = facts["shape"]
    told = [str(each) for each in (shape and "x".join(map(str, shape)), facts["dtype"]) if each]
    text = f"{type_name(value)}({', '.join(told)})" if told else f"<{type_name(value)}>"
    return _cut(f"{text} {_elements(value, shape, room)}".rstrip(), room)


def _elements(value: object, shape: "list[int] | None", room: Room) -> str:
    """The elements of a small array; a tensor that needs a gradient, or lies on another device, gives them as well. Of a table its columns."""
    if class_name(type(value)) == "DataFrame":
        return f"columns {show(value.columns.tolist(), room)}"
    if shape is None or math.prod(shape) > SMALL or not hasattr(type(value), "tolist"):
        return ""
    return show(_rounded(value.tolist()), room._replace(items=SMALL))


def _rounded(value: object) -> object:
    """An array's elements without the digits that its type makes up."""
    if type(value) is list:
        return [_rounded(each) for each in value]
    return float(f"{value:.{DIGITS}g}") if type(value) is float else value


def _first(items: object, room: Room, depth: int) -> list:
    return [each for _, each in zip(range(room.items if depth < DEPTH else 0), items)]


def _joined(shown: "list[str]", length: int, room: Room) -> str:
    rest = f"... {length} in all" if length > len(shown) else ""
    return _cut(", ".join([*shown, rest] if rest else shown), room)


def _number(value: object) -> str:
    if type(value) is int and abs(value) >= 10**30:
        return f"<an int of {value.bit_length()} bits>"
    return repr(value)


def _cut(text: str, room: Room) -> str:
    return text if len(text) <= room.whole else text[: room.whole - 3] + "..."
