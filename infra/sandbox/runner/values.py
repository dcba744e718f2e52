"""
Describes values in a few words: what a trace shows of variables, arguments and results. Nothing that a program defines is
called for it; of libraries' objects only what tells their shape.
"""

import sys

MOST_ITEMS, DEPTH, TEXT_CAP, VALUE_CAP, DIGITS = 4, 2, 60, 120, 6
# Arrays with no more elements than this are shown as a whole.
SMALL = 8
NUMBERS = (bool, int, float, complex, type(None))
BRACKETS = {list: "[]", tuple: "()", set: "{}", frozenset: "{}"}
# Libraries whose arrays, tables and images tell their shape.
LIBRARIES = ("numpy", "torch", "tensorflow", "keras", "pandas", "PIL", "scipy")


def describe_value(name: str, value: object) -> dict:
    """A `LocalValue` of a test report."""
    facts = {"name": name, "type": type_name(value), "shape": None, "dtype": None, "device": None, "length": None}
    try:
        if type(value) in (list, tuple, set, frozenset, dict, str, bytes):
            facts["length"] = len(value)
        elif is_librarys(value):
            facts.update(_array_facts(value))
        return {**facts, "value": show(value)}
    except BaseException:
        return {**facts, "value": ""}


def show(value: object, depth: int = 0) -> str:
    """A short text, the same in every run."""
    kind = type(value)
    if kind in NUMBERS:
        return _number(value)
    if kind in (str, bytes):
        return _cut(repr(value[:TEXT_CAP]) + ("..." if len(value) > TEXT_CAP else ""))
    if kind is dict:
        items = [f"{show(key, depth + 1)}: {show(each, depth + 1)}" for key, each in _first(value.items(), depth)]
        return "{" + _joined(items, len(value)) + "}"
    if kind in BRACKETS:
        first = [show(each, depth + 1) for each in _first(value, depth)]
        opening, closing = BRACKETS[kind]
        return opening + _joined(first, len(value)) + closing
    if is_librarys(value):
        return _library_text(value)
    return f"<{type_name(value)}>"


def type_name(value: object) -> str:
    """The name of a value's class, with the library's where it is one's."""
    kind = type(value)
    module = type.__getattribute__(kind, "__module__")
    root = module.partition(".")[0] if type(module) is str else ""
    return class_name(kind) if root in ("", "builtins", "candidate", "__main__") else f"{root}.{class_name(kind)}"


def class_name(kind: type) -> str:
    """A class's name, past whatever its metaclass says."""
    return type.__getattribute__(kind, "__name__")[:TEXT_CAP]


def is_librarys(value: object) -> bool:
    """Whether its class is one of a known library, and no other that calls itself so."""
    kind = type(value)
    module, name = (type.__getattribute__(kind, field) for field in ("__module__", "__name__"))
    if type(module) is not str or module.partition(".")[0] not in LIBRARIES:
        return False
    return vars(sys.modules.get(module, sys)).get(name) is kind


def _array_facts(value: object) -> dict:
    # Of the class's own: a table has its columns as attributes.
    found = {name: getattr(value, name) if hasattr(type(value), name) else None for name in ("shape", "dtype", "device")}
    shape = found["shape"]
    if shape is None and "PIL" in type(value).__module__:
        shape, found["dtype"] = value.size, value.mode
    return {
        "shape": None if shape is None else [int(size) for size in tuple(shape)][:8],
        "dtype": None if found["dtype"] is None else str(found["dtype"])[:TEXT_CAP],
        "device": None if found["device"] is None or type(value).__module__.startswith("numpy") else str(found["device"])[:TEXT_CAP],
    }


def _library_text(value: object) -> str:
    facts = _array_facts(value)
    shape = facts["shape"]
    told = [str(each) for each in (shape and "x".join(map(str, shape)), facts["dtype"]) if each]
    text = f"{type_name(value)}({', '.join(told)})"
    if shape is None or not hasattr(value, "tolist"):
        return text
    size = 1
    for each in shape:
        size *= each
    # A tensor that needs a gradient, or lies on another device, gives its values as well.
    return text if size > SMALL else _cut(f"{text} {show(value.tolist())}")


def _first(items: object, depth: int) -> list:
    return [each for _, each in zip(range(MOST_ITEMS if depth < DEPTH else 0), items)]


def _joined(shown: "list[str]", length: int) -> str:
    rest = f"... {length} in all" if length > len(shown) else ""
    return _cut(", ".join([*shown, rest] if rest else shown))


def _number(value: object) -> str:
    if type(value) is float:
        return repr(float(f"{value:.{DIGITS}g}"))
    if type(value) is int and abs(value) >= 10**30:
        return f"<an int of {value.bit_length()} bits>"
    return repr(value)


def _cut(text: str) -> str:
    return text if len(text) <= VALUE_CAP else text[: VALUE_CAP - 3] + "..."
