"""numpy's arrays and scalars as typed JSON."""

import base64
import sys


def to_text(data: bytes) -> str:
    """Bytes for JSON."""
    return base64.b64encode(data).decode("ascii")


def array_node(value: object) -> "list | None":
    """numpy's arrays and scalars, where numpy is loaded; arrays of objects are not data."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(value, (numpy.ndarray, numpy.generic)) or value.dtype.hasobject:
        return None
    return ["array" if isinstance(value, numpy.ndarray) else "array-scalar", *array_parts(value)]


def array_parts(value: object) -> list:
    """Type, shape and bytes."""
    numpy = sys.modules["numpy"]
    plain = numpy.ascontiguousarray(value)
    return [numpy.lib.format.dtype_to_descr(plain.dtype), list(numpy.shape(value)), to_text(plain.tobytes())]


def array_of(descr: object, shape: list, data: str) -> object:
    """The array of its parts; raises ValueError where they do not fit together."""
    import numpy

    dtype = numpy.lib.format.descr_to_dtype(_tupled(descr))
    return numpy.frombuffer(bytearray(base64.b64decode(data)), dtype).reshape(shape)


def _tupled(descr: object) -> object:
    """Fields of a record's type are tuples, which JSON has made lists."""
    if not isinstance(descr, list):
        return descr
    return [tuple(_tupled(part) if index == 1 else part for index, part in enumerate(field)) for field in descr]
