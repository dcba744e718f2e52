"""numpy's arrays, scalars and types as typed JSON."""

import base64
import importlib
import math
import sys

# More dimensions no array has.
MOST_DIMENSIONS = 64
LAST_CHARACTER = 0x10FFFF


class NotData(Exception):
    """A value of a library's that can't be written as data, and stays where it is."""


def library(name: str) -> object:
    """The module of this name, imported if need be: a name of this program's, never one from the wire."""
    return sys.modules.get(name) or importlib.import_module(name)


def to_text(data: bytes) -> str:
    """Bytes for JSON."""
    return base64.b64encode(data).decode("ascii")


def to_bytes(text: str, size: "int | None" = None) -> bytearray:
    """The bytes of a text; raises ValueError unless there are `size` of them."""
    data = bytearray(base64.b64decode(text))
    if size is not None and len(data) != size:
        raise ValueError(f"{len(data)} bytes in place of {size}")
    return data


def shape_of(lengths: list) -> "tuple[int, ...]":
    """A shape from the wire; raises ValueError."""
    if len(lengths) > MOST_DIMENSIONS or not all(type(length) is int and length >= 0 for length in lengths):
        raise ValueError("no shape")
    return tuple(lengths)


def node(value: object, encode: object) -> "list | None":
    """Of numpy's values; None for those that stay where they are. With `encode` go the items of an array of objects."""
    numpy = sys.modules["numpy"]
    if isinstance(value, numpy.dtype):
        return ["dtype", None if value == object else _descr(value)]
    if isinstance(value, numpy.ma.MaskedArray):
        # What a mask covers passes for equal in numpy's own assertions: no program may answer with one.
        return None
    if isinstance(value, numpy.ndarray) and value.dtype == object:
        return ["object-array", list(numpy.shape(value)), [encode(item) for item in value.ravel().tolist()]]
    if isinstance(value, (numpy.ndarray, numpy.generic)):
        return ["array" if isinstance(value, numpy.ndarray) else "array-scalar", *array_parts(value)]
    return None


def replace(array: object, new: object) -> None:
    """Put what another array holds in place of what this one does."""
    numpy = sys.modules["numpy"]
    if not isinstance(array, numpy.ndarray) or type(new) is not numpy.ndarray:
        raise ValueError("no array")
    array[...] = new


def array_parts(value: object) -> list:
    """Type, shape and bytes; raises NotData for types that are not numpy's own, or hold objects."""
    numpy = sys.modules["numpy"]
    plain = numpy.ascontiguousarray(value)
    return [_descr(plain.dtype), list(numpy.shape(value)), to_text(plain.tobytes())]


def array_of(descr: object, shape: list, data: str) -> object:
    """The array of its parts; raises ValueError where they do not fit together."""
    dtype, lengths = _dtype_of(descr), shape_of(shape)
    raw = to_bytes(data, math.prod(lengths) * dtype.itemsize)
    array = library("numpy").ndarray(lengths, dtype, raw)
    _make_canonical(array)
    return array


def masked_parts(value: object) -> "list | None":
    """Values and mask of a masked array, for the way to a program; None for anything else."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(value, numpy.ma.MaskedArray):
        return None
    return [array_parts(value.data), array_parts(numpy.ma.getmaskarray(value))]


def masked_of(values: list, mask: list) -> object:
    """The masked array of its parts."""
    return library("numpy").ma.MaskedArray(array_of(*values), array_of(*mask))


def _object_array(decode: object, shape: list, items: list) -> object:
    lengths = shape_of(shape)
    if len(items) != math.prod(lengths):
        raise ValueError("an array with other items than its shape has")
    array = library("numpy").empty(len(items), object)
    for number, item in enumerate(items):
        array[number] = decode(item)
    return array.reshape(lengths)


def _descr(dtype: object) -> object:
    numpy = sys.modules["numpy"]
    # Types that others have added, such as bfloat16, are void to numpy's format.
    if dtype.hasobject or (dtype.kind == "V" and dtype.type is not numpy.void):
        raise NotData
    return numpy.lib.format.dtype_to_descr(dtype)


def _dtype_of(descr: object) -> object:
    dtype = library("numpy").lib.format.descr_to_dtype(_tupled(descr))
    if dtype.hasobject:
        raise ValueError("a type that holds objects")
    return dtype


def _tupled(descr: object) -> object:
    """Fields of a record's type are tuples, which JSON has made lists."""
    if not isinstance(descr, list):
        return descr
    return [tuple(_tupled(part) if index == 1 else part for index, part in enumerate(field)) for field in descr]


def _make_canonical(array: object) -> None:
    """No true that counts for two, and no character that there is none of: both could be written as bytes."""
    numpy, dtype = sys.modules["numpy"], array.dtype
    if dtype.names is not None:
        for name in dtype.names:
            _make_canonical(array[name])
    elif dtype.kind == "b":
        array[...] = array.view(numpy.uint8) != 0
    elif dtype.kind == "U" and dtype.itemsize and array.size:
        text = numpy.ascontiguousarray(array).reshape(-1).view(dtype.byteorder.replace("|", "=") + "u4")
        if text.max() > LAST_CHARACTER:
            raise ValueError("no character")


MUTABLE = {"array": replace, "object-array": replace}
READERS = {
    "array": lambda decode, *parts: array_of(*parts),
    "array-scalar": lambda decode, *parts: array_of(*parts)[()],
    "object-array": _object_array,
    "dtype": lambda decode, descr: library("numpy").dtype(object) if descr is None else _dtype_of(descr),
}
