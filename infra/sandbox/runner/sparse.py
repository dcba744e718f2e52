"""SciPy's sparse matrices and arrays as typed JSON: shape, places and values."""

import sys

from arrays import array_of, array_parts, library, shape_of

KINDS = tuple(f"{form}_{kind}" for form in ("csr", "csc", "coo", "lil", "dok", "dia", "bsr") for kind in ("matrix", "array"))
# Rows and columns take memory that no bytes of the message stand for.
MOST_LENGTH = 1 << 24


def node(value: object, encode: object) -> "list | None":
    """Of a sparse matrix; None for anything else."""
    scipy_sparse = sys.modules.get("scipy.sparse")
    if scipy_sparse is None or not scipy_sparse.issparse(value):
        return None
    name = next((kind for kind in KINDS if isinstance(value, getattr(scipy_sparse, kind))), None)
    if name is None or max(value.shape, default=0) > MOST_LENGTH:
        return None
    plain = value.tocoo()
    return ["sparse", name, list(plain.shape), array_parts(plain.data), [array_parts(each) for each in plain.coords]]


def _read(decode: object, name: str, shape: list, data: list, places: list) -> object:
    lengths = shape_of(shape)
    if name not in KINDS or max(lengths, default=0) > MOST_LENGTH:
        raise ValueError("no sparse matrix")
    scipy_sparse = library("scipy.sparse")
    values = (array_of(*data), tuple(array_of(*each) for each in places))
    form, _, kind = name.partition("_")
    return getattr(scipy_sparse, f"coo_{kind}")(values, shape=lengths).asformat(form)


MUTABLE: dict = {}
READERS = {"sparse": _read}
