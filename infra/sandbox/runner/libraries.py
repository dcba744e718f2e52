"""Values of the libraries that programs of a benchmark use, by the library that their type is of."""

import arrays
import graphs
import images
import records
import sparse
import tables
import tensors
from arrays import NotData

# Top-level package that a type comes from: what knows its values. There are no others, whatever a message names.
_OF_PACKAGE = {
    "numpy": (arrays,),
    "pandas": (tables,),
    "torch": (tensors,),
    "tensorflow": (graphs,),
    "keras": (graphs,),
    "PIL": (images,),
    "scipy": (sparse,),
    "transformers": (records,),
    "sklearn": (records,),
    "records": (records,),
}
_MODULES = (arrays, tables, tensors, graphs, images, sparse, records)
# Tag: the value of `(decode, *parts)`.
READERS = {tag: read for module in _MODULES for tag, read in module.READERS.items()}
# Tags of values that can be changed in place, and what does so.
MUTABLE = {tag: replace for module in _MODULES for tag, replace in module.MUTABLE.items()}
# What is known of a type, which is asked for each of its values.
_known: dict = {}


def library_node(value: object, encode: object) -> "list | None":
    """The node of a library's value; None for one that is no data, or of no library."""
    kind = type(value)
    if kind not in _known:
        _known[kind] = _modules_for(kind)
    for module in _known[kind]:
        try:
            found = module.node(value, encode)
        except NotData:
            continue
        if found is not None:
            return found
    return None


def _modules_for(kind: type) -> list:
    packages = [str(base.__module__).partition(".")[0] for base in type.__getattribute__(kind, "__mro__")]
    return [module for package in dict.fromkeys(packages) for module in _OF_PACKAGE.get(package, ())]
