"""
Results that are both mappings and objects: `transformers`' model outputs, scikit-learn's bunches. They arrive as one plain
kind of mapping, by key, attribute and, of an output, place.
"""

import collections
import sys

from protocols import is_protocol


class Record(collections.OrderedDict):
    """Fields by name. One that is known and empty is an attribute that is None, and no key."""

    _empty: "frozenset[str]" = frozenset()
    _has_places = False

    def __getattr__(self, name: str) -> object:
        if is_protocol(name):
            raise AttributeError(name)
        if name in self:
            return self[name]
        if name in self._empty:
            return None
        raise AttributeError(name)

    def __getitem__(self, key: object) -> object:
        return self.to_tuple()[key] if self._has_places and isinstance(key, (int, slice)) else super().__getitem__(key)

    def to_tuple(self) -> tuple:
        """The values, in order."""
        return tuple(self.values())


def node(value: object, encode: object) -> "list | None":
    """Of an output, a bunch, or one that has come; None for anything else."""
    if isinstance(value, Record):
        return _parts(value, value._empty, value._has_places, encode)
    outputs, bunches = sys.modules.get("transformers.utils.generic"), sys.modules.get("sklearn.utils")
    is_output = outputs is not None and isinstance(value, outputs.ModelOutput)
    if not is_output and not (bunches is not None and isinstance(value, bunches.Bunch)):
        return None
    declared = getattr(value, "__dataclass_fields__", {})
    return _parts(value, [name for name in declared if name not in value], is_output, encode)


def _parts(value: dict, empty: object, has_places: bool, encode: object) -> list:
    pairs = [[encode(key), encode(item)] for key, item in dict.items(value)]
    return ["record", pairs, sorted(empty), has_places]


def _read(decode: object, pairs: list, empty: list, has_places: bool) -> Record:
    record = Record((decode(key), decode(item)) for key, item in pairs)
    vars(record).update(_empty=frozenset(empty), _has_places=has_places is True)
    return record


MUTABLE: dict = {}
READERS = {"record": _read}
