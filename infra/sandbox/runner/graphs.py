"""TensorFlow's and Keras' tensors, and what describes them, as typed JSON; variables cross as the tensors that they hold."""

import math
import sys

from arrays import library, shape_of, to_bytes, to_text

DTYPES = frozenset(
    "bool uint8 uint16 uint32 uint64 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128".split()
)


def node(value: object, encode: object) -> "list | None":
    """Of a tensor and its like; None for what stays where it is, such as models, and tensors without values."""
    keras, tf = sys.modules.get("keras"), sys.modules.get("tensorflow")
    if keras is not None and isinstance(value, keras.Variable):
        return encode(value.value)
    if tf is None:
        return None
    if isinstance(value, tf.Variable):
        return encode(value.read_value())
    if isinstance(value, tf.Tensor):
        return _tensor(value)
    if isinstance(value, tf.TensorShape):
        return ["tf-shape", value.rank if value.rank is None else value.as_list()]
    if isinstance(value, tf.DType) and (value.name in DTYPES or value.name == "string"):
        return ["tf-dtype", value.name]
    return None


def _tensor(tensor: object) -> "list | None":
    numpy = sys.modules["numpy"]
    if not hasattr(tensor, "numpy"):
        return None
    name, array = tensor.dtype.name, numpy.asarray(tensor.numpy())
    if name == "string":
        return ["tf-strings", list(array.shape), [to_text(bytes(text)) for text in array.ravel().tolist()]]
    if name not in DTYPES:
        return None
    return ["tf-tensor", name, list(array.shape), to_text(numpy.ascontiguousarray(array).tobytes())]


def _read(decode: object, name: str, shape: list, data: str) -> object:
    if name not in DTYPES:
        raise ValueError("no type of a tensor")
    numpy, tf = library("numpy"), library("tensorflow")
    dtype, lengths = numpy.dtype(getattr(tf, name).as_numpy_dtype), shape_of(shape)
    raw = to_bytes(data, math.prod(lengths) * dtype.itemsize)
    array = numpy.ndarray(lengths, numpy.uint8, raw) != 0 if name == "bool" else numpy.ndarray(lengths, dtype, raw)
    return tf.constant(array, getattr(tf, name))


def _read_strings(decode: object, shape: list, items: list) -> object:
    numpy, tf, lengths = library("numpy"), library("tensorflow"), shape_of(shape)
    texts = [bytes(to_bytes(item)) for item in items]
    if len(texts) != math.prod(lengths):
        raise ValueError("a tensor with other items than its shape has")
    array = numpy.empty(len(texts), object)
    array[:] = texts
    return tf.constant(array.reshape(lengths), tf.string)


def _read_shape(decode: object, lengths: "list | None") -> object:
    tf = library("tensorflow")
    if lengths is None:
        return tf.TensorShape(None)
    shape_of([length for length in lengths if length is not None])
    return tf.TensorShape(lengths)


def _read_dtype(decode: object, name: str) -> object:
    if name not in DTYPES and name != "string":
        raise ValueError("no type of a tensor")
    return getattr(library("tensorflow"), name)


MUTABLE: dict = {}
READERS = {"tf-tensor": _read, "tf-strings": _read_strings, "tf-shape": _read_shape, "tf-dtype": _read_dtype}
