"""The columns and indexes of pandas' tables as typed JSON: each by its own type, none through another one."""

import re
import sys

from arrays import NotData, array_of, array_parts, library
from protocols import is_protocol

# A zone of the time-zone database, or a fixed distance to UTC. Others name files.
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+:-]*(/[A-Za-z0-9_+-]+)*")
FREQUENCY = re.compile(r"-?[A-Za-z0-9-]{1,32}")
UNITS = ("s", "ms", "us", "ns")
MASKED = {"boolean": "BooleanArray", "Float32": "FloatingArray", "Float64": "FloatingArray"}
MASKED.update({f"{sign}Int{size}": "IntegerArray" for sign in ("", "U") for size in (8, 16, 32, 64)})


def column_parts(array: object, encode: object) -> list:
    """A column's values; raises NotData for a type that is none of those below."""
    pandas, numpy = sys.modules["pandas"], sys.modules["numpy"]
    # Texts are a kind of these.
    if isinstance(array, pandas.arrays.NumpyExtensionArray) and not isinstance(array.dtype, pandas.StringDtype):
        array = array.to_numpy()
    dtype = array.dtype
    if isinstance(dtype, numpy.dtype):
        plain = numpy.asarray(array)
        if dtype == object:
            return ["object", [encode(item) for item in plain.tolist()]]
        return ["plain", *array_parts(plain)]
    for kind, parts in _WRITERS.items():
        if isinstance(dtype, getattr(pandas, kind)):
            return parts(array, encode)
    if dtype.name not in MASKED:
        raise NotData
    values = array.to_numpy(dtype.numpy_dtype, na_value=0)
    return ["masked", dtype.name, array_parts(values), array_parts(numpy.asarray(array.isna()))]


def column_of(decode: object, kind: str, *parts: object) -> object:
    """The array of its parts."""
    if kind not in _READERS:
        raise ValueError("no column")
    return _READERS[kind](decode, *parts)


def index_parts(index: object, encode: object) -> list:
    """An index with its names; one of evenly spaced times with its frequency."""
    pandas = sys.modules["pandas"]
    if isinstance(index, pandas.RangeIndex):
        return ["range", index.start, index.stop, index.step, encode(index.name)]
    if isinstance(index, pandas.MultiIndex):
        levels = [index_parts(level, encode) for level in index.levels]
        return ["multi", levels, [array_parts(codes) for codes in index.codes], [encode(name) for name in index.names]]
    frequency = index.freqstr if isinstance(index, (pandas.DatetimeIndex, pandas.TimedeltaIndex)) else None
    if frequency is not None and FREQUENCY.fullmatch(frequency) is None:
        frequency = None
    return ["index", column_parts(index.array, encode), encode(index.name), frequency]


def index_of(decode: object, kind: str, *parts: object) -> object:
    """The index of its parts."""
    pandas = library("pandas")
    if kind == "range":
        start, stop, step, name = parts
        return pandas.RangeIndex(start, stop, step, name=decode(name))
    if kind == "multi":
        levels, codes, names = parts
        found = [index_of(decode, *level) for level in levels]
        return pandas.MultiIndex(found, [array_of(*each) for each in codes], names=[decode(name) for name in names])
    column, name, frequency = parts
    array = column_of(decode, *column)
    dtype = object if column[0] == "object" else None
    index = pandas.Index(array, dtype=dtype, name=decode(name), tupleize_cols=False)
    if index.dtype.kind in "OUS" and any(map(is_protocol, index)):
        # Items of a series are its attributes as well, and so are columns of a frame.
        raise ValueError("labels that libraries ask objects for")
    if frequency is not None:
        index.freq = checked(FREQUENCY, frequency)
    return index


def zone_name(zone: object) -> "str | None":
    """The name of a time zone; raises NotData for one that can't be had by its name."""
    name = None if zone is None else str(zone)
    if name is not None and (name.startswith("dateutil") or ZONE.fullmatch(name) is None):
        raise NotData
    return name


def checked(pattern: "re.Pattern[str]", text: str) -> str:
    """The text, if it is one of these; raises ValueError."""
    if pattern.fullmatch(text) is None or text.startswith("dateutil"):
        raise ValueError(f"not {pattern.pattern}")
    return text


def unit_of(unit: str) -> str:
    """The unit of a time; raises ValueError."""
    if unit not in UNITS:
        raise ValueError("no unit of a time")
    return unit


def _object_of(decode: object, items: list) -> object:
    array = library("numpy").empty(len(items), object)
    for number, item in enumerate(items):
        array[number] = found = decode(item)
        # Were it ever an attribute, it would have numpy read at an address.
        if isinstance(found, dict) and "typestr" in found:
            raise ValueError("an item that describes memory")
    return array


def _string_parts(array: object, encode: object) -> list:
    missing = array.isna()
    items = [None if is_missing else str(item) for item, is_missing in zip(array.tolist(), missing.tolist())]
    is_na = array.dtype.na_value is sys.modules["pandas"].NA
    return ["string", array.dtype.storage, is_na, items]


def _string_of(decode: object, storage: str, is_na: bool, items: list) -> object:
    pandas = library("pandas")
    if storage not in ("python", "pyarrow") or not all(item is None or type(item) is str for item in items):
        raise ValueError("no texts")
    dtype = pandas.StringDtype(storage, na_value=pandas.NA if is_na else float("nan"))
    return pandas.array(items, dtype=dtype)


def _zoned_parts(array: object, encode: object) -> list:
    utc = sys.modules["numpy"].asarray(array.tz_convert("UTC").tz_localize(None))
    return ["zoned", zone_name(array.dtype.tz), array_parts(utc)]


def _zoned_of(decode: object, zone: str, parts: list) -> object:
    index = library("pandas").DatetimeIndex(array_of(*parts))
    return index.tz_localize("UTC").tz_convert(checked(ZONE, zone)).array


def _category_of(decode: object, codes: list, categories: list, is_ordered: bool) -> object:
    found = index_of(decode, *categories)
    return library("pandas").Categorical.from_codes(array_of(*codes), found, ordered=is_ordered is True)


def _period_of(decode: object, frequency: str, parts: list) -> object:
    pandas = library("pandas")
    return pandas.arrays.PeriodArray(array_of(*parts), dtype=pandas.PeriodDtype(checked(FREQUENCY, frequency)))


def _interval_of(decode: object, closed: str, left: list, right: list) -> object:
    ends = [index_of(decode, *end) for end in (left, right)]
    return library("pandas").arrays.IntervalArray.from_arrays(*ends, closed=closed)


def _masked_of(decode: object, name: str, values: list, mask: list) -> object:
    pandas = library("pandas")
    array = getattr(pandas.arrays, MASKED[name])(array_of(*values), array_of(*mask))
    if array.dtype.name != name:
        raise ValueError(f"values that are no {name}")
    return array


_WRITERS = {
    "StringDtype": _string_parts,
    "DatetimeTZDtype": _zoned_parts,
    "CategoricalDtype": lambda array, encode: [
        "category", array_parts(array.codes), index_parts(array.categories, encode), array.ordered
    ],
    "PeriodDtype": lambda array, encode: ["period", array.freqstr, array_parts(array.asi8)],
    "IntervalDtype": lambda array, encode: [
        "interval", array.closed, index_parts(array.left, encode), index_parts(array.right, encode)
    ],
}
_READERS = {
    "object": _object_of,
    "plain": lambda decode, *parts: array_of(*parts),
    "masked": _masked_of,
    "string": _string_of,
    "zoned": _zoned_of,
    "category": _category_of,
    "period": _period_of,
    "interval": _interval_of,
}
