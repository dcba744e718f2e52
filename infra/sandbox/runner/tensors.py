"""PyTorch's tensors, and what describes them, as typed JSON. A tensor crosses without its graph, and comes to the processor."""

import math
import re
import sys

from arrays import library, shape_of, to_bytes, to_text

DTYPES = frozenset(
    "bool uint8 uint16 uint32 uint64 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128 "
    "float8_e4m3fn float8_e5m2".split()
)
DEVICE = re.compile(r"(cpu|cuda|mps|meta)(:\d{1,3})?")


def node(value: object, encode: object) -> "list | None":
    """Of a tensor and its like; None for what stays where it is, such as modules, and tensors that are not dense."""
    torch = sys.modules["torch"]
    if isinstance(value, torch.Tensor):
        return _tensor(torch, value)
    if isinstance(value, torch.Size):
        return ["torch-size", [int(length) for length in value]]
    if isinstance(value, torch.dtype) and _name(value) in DTYPES:
        return ["torch-dtype", _name(value)]
    if isinstance(value, torch.device):
        return ["torch-device", str(value)]
    return None


def replace(tensor: object, new: object) -> None:
    """Put what another tensor holds in place of what this one does; its views see it where the shape stays."""
    torch = sys.modules["torch"]
    if not isinstance(tensor, torch.Tensor) or not isinstance(new, torch.Tensor):
        raise ValueError("no tensor")
    if tensor.dtype == new.dtype and tensor.shape == new.shape:
        tensor.detach().copy_(new.detach())
    else:
        tensor.data = new.detach()
    if tensor.is_leaf:
        tensor.requires_grad_(new.requires_grad)
        tensor.grad = new.grad


def _tensor(torch: object, tensor: object) -> "list | None":
    is_dense = tensor.layout is torch.strided and not tensor.is_quantized and not tensor.is_nested
    if not is_dense or tensor.device.type == "meta" or _name(tensor.dtype) not in DTYPES:
        return None
    if isinstance(tensor, torch.nn.parameter.UninitializedTensorMixin):
        return None
    grad = tensor.grad if tensor.is_leaf else None
    is_parameter = isinstance(tensor, torch.nn.Parameter)
    return ["tensor", _parts(torch, tensor), is_parameter, tensor.requires_grad, grad is not None and _parts(torch, grad)]


def _parts(torch: object, tensor: object) -> list:
    plain = tensor.detach().cpu().resolve_conj().resolve_neg().contiguous().reshape(-1)
    data = plain.view(torch.uint8).numpy().tobytes() if plain.numel() else b""
    return [_name(tensor.dtype), list(tensor.shape), to_text(data)]


def _name(dtype: object) -> str:
    return str(dtype).removeprefix("torch.")


def _read(decode: object, parts: list, is_parameter: bool, requires_grad: bool, grad: "list | bool") -> object:
    torch = library("torch")
    tensor = _tensor_of(*parts)
    if is_parameter:
        tensor = torch.nn.Parameter(tensor, requires_grad=requires_grad is True)
    elif requires_grad:
        tensor.requires_grad_(True)
    if grad:
        tensor.grad = _tensor_of(*grad)
    return tensor


def _tensor_of(name: str, shape: list, data: str) -> object:
    torch = library("torch")
    dtype, lengths = _dtype(None, name), shape_of(shape)
    raw = to_bytes(data, math.prod(lengths) * dtype.itemsize)
    if not raw:
        return torch.empty(lengths, dtype=dtype)
    plain = torch.frombuffer(raw, dtype=torch.uint8)
    # A true that is written as two would count for two.
    return (plain != 0 if dtype is torch.bool else plain.view(dtype)).reshape(lengths)


def _dtype(decode: object, name: str) -> object:
    if name not in DTYPES:
        raise ValueError("no type of a tensor")
    return getattr(library("torch"), name)


def _device(decode: object, name: str) -> object:
    if DEVICE.fullmatch(name) is None:
        raise ValueError("no device")
    return library("torch").device(name)


MUTABLE = {"tensor": replace}
READERS = {
    "tensor": _read,
    "torch-size": lambda decode, lengths: library("torch").Size(shape_of(lengths)),
    "torch-dtype": _dtype,
    "torch-device": _device,
}
