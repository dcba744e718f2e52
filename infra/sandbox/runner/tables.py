"""pandas' tables, indexes and scalars as typed JSON."""

import sys

from arrays import library
from columns import FREQUENCY, ZONE, checked, column_of, column_parts, index_of, index_parts, unit_of, zone_name


def node(value: object, encode: object) -> "list | None":
    """Of pandas' values; None for what stays where it is, such as groups and windows."""
    pandas = sys.modules["pandas"]
    if value is pandas.NaT or value is pandas.NA:
        return ["nat" if value is pandas.NaT else "na"]
    for name, (tag, parts) in _WRITERS.items():
        if isinstance(value, getattr(pandas, name)):
            return [tag, *parts(value, encode)]
    if isinstance(value, pandas.api.extensions.ExtensionArray):
        return ["pandas-array", *column_parts(value, encode)]
    if isinstance(value, pandas.api.extensions.ExtensionDtype):
        return ["pandas-dtype", *column_parts(pandas.array([], dtype=value), encode)]
    return None


def replace(table: object, new: object) -> None:
    """Make a frame or a series what another one is."""
    pandas = sys.modules["pandas"]
    for kind in (pandas.DataFrame, pandas.Series):
        if isinstance(table, kind) and isinstance(new, kind):
            return kind.__init__(table, new)
    raise ValueError("no table")


def _frame_parts(frame: object, encode: object) -> list:
    columns = [column_parts(frame.iloc[:, number].array, encode) for number in range(len(frame.columns))]
    return [index_parts(frame.index, encode), index_parts(frame.columns, encode), columns]


def _frame(decode: object, index: list, names: list, columns: list) -> object:
    pandas = library("pandas")
    rows = index_of(decode, *index)
    found = {number: _series_of(decode, column, rows) for number, column in enumerate(columns)}
    frame = pandas.DataFrame(found, index=rows)
    frame.columns = index_of(decode, *names)
    return frame


def _series_of(decode: object, column: list, index: object) -> object:
    dtype = object if column[0] == "object" else None
    return library("pandas").Series(column_of(decode, *column), index=index, dtype=dtype)


def _series(decode: object, column: list, index: list, name: object) -> object:
    series = _series_of(decode, column, index_of(decode, *index))
    series.name = decode(name)
    return series


def _array(decode: object, *parts: object) -> object:
    pandas, found = library("pandas"), column_of(decode, *parts)
    if not isinstance(found, library("numpy").ndarray):
        return found
    return pandas.array(found) if found.dtype.kind in "mM" else pandas.arrays.NumpyExtensionArray(found)


def _timestamp(decode: object, value: int, unit: str, zone: "str | None") -> object:
    pandas, numpy = library("pandas"), library("numpy")
    stamp = pandas.Timestamp(numpy.datetime64(value, unit_of(unit)))
    return stamp if zone is None else stamp.tz_localize("UTC").tz_convert(checked(ZONE, zone))


def _timedelta(decode: object, value: int, unit: str) -> object:
    return library("pandas").Timedelta(library("numpy").timedelta64(value, unit_of(unit)))


def _period(decode: object, ordinal: int, frequency: str) -> object:
    return library("pandas").Period(ordinal=ordinal, freq=checked(FREQUENCY, frequency))


def _ticks(value: object) -> int:
    return int(value.asm8.astype("int64"))


# Subclasses first where there are any.
_WRITERS = {
    "DataFrame": ("data-frame", _frame_parts),
    "Series": (
        "series",
        lambda v, encode: [column_parts(v.array, encode), index_parts(v.index, encode), encode(v.name)],
    ),
    "Index": ("pandas-index", index_parts),
    "Timestamp": ("timestamp", lambda v, encode: [_ticks(v), v.unit, zone_name(v.tz)]),
    "Timedelta": ("pandas-timedelta", lambda v, encode: [_ticks(v), v.unit]),
    "Period": ("pandas-period", lambda v, encode: [v.ordinal, v.freqstr]),
    "Interval": ("pandas-interval", lambda v, encode: [encode(v.left), encode(v.right), v.closed]),
}
MUTABLE = {"data-frame": replace, "series": replace}
READERS = {
    "nat": lambda decode: library("pandas").NaT,
    "na": lambda decode: library("pandas").NA,
    "data-frame": _frame,
    "series": _series,
    "pandas-index": index_of,
    "timestamp": _timestamp,
    "pandas-timedelta": _timedelta,
    "pandas-period": _period,
    "pandas-interval": lambda decode, left, right, closed: library("pandas").Interval(decode(left), decode(right), closed),
    "pandas-array": _array,
    "pandas-dtype": lambda decode, *parts: column_of(decode, *parts).dtype,
}
