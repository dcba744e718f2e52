"""Classes and functions of libraries by their names: what needs no stand-in, since both sides have it."""

import sys
import types

# Packages whose classes and functions are meant by their names.
LIBRARIES = frozenset(
    "numpy pandas scipy sklearn torch torchvision tensorflow keras transformers tokenizers datasets sentence_transformers PIL "
    "matplotlib".split()
)
# Those of Python's own modules whose exceptions a test may expect. None that decides over tests.
STANDARD = frozenset(
    "asyncio binascii concurrent configparser copy csv dataclasses decimal graphlib http json pickle queue re sqlite3 "
    "statistics string struct subprocess tarfile urllib xml zipfile zlib".split()
)
# Classes that are named of one; those of libraries have no more.
MOST_BASES = 32
# What is data, raised, or a class itself.
_NEVER_LIVE = (BaseException, type, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset)
GENERATOR = ("types", "GeneratorType")


def name_of(value: object) -> "tuple[str, str] | None":
    """Module and qualified name of a library's class or function, if that is where it is found."""
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if name is None and type(value).__module__ == "numpy":
        module, name = "numpy", getattr(value, "__name__", None)
    if type(module) is not str or type(name) is not str or module.partition(".")[0] not in LIBRARIES:
        return None
    return (module, name) if _find(module, name) is value else None


def library_bases(kind: type) -> "list[tuple[str, str]]":
    """The names of the classes that a class is and derives from which libraries define, the nearest first."""
    if kind is types.GeneratorType:
        return [GENERATOR]
    packages = LIBRARIES | STANDARD
    bases = [(base.__module__, base.__qualname__) for base in type.__getattribute__(kind, "__mro__")]
    return [name for name in bases if type(name[0]) is str and name[0].partition(".")[0] in packages][:MOST_BASES]


def exception_class(names: list, builtin: type) -> type:
    """The first of these exceptions that is loaded and of this built-in class; else the built-in class."""
    found = (_own_class(*name, LIBRARIES | STANDARD) for name in names[:MOST_BASES])
    return next((kind for kind in found if kind is not None and issubclass(kind, builtin)), builtin)


def live_class(names: list) -> "type | None":
    """The first of these classes that is loaded, for objects that are no data: models, estimators, loaders."""
    if names == [list(GENERATOR)]:
        return types.GeneratorType
    packages = LIBRARIES - {"numpy", "pandas", "scipy", "PIL"}
    found = (_own_class(*name, packages) for name in names[:MOST_BASES])
    kind = next((kind for kind in found if kind is not None), None)
    return None if kind is None or issubclass(kind, (*_NEVER_LIVE, *_data_classes())) else kind


def _own_class(module: str, name: str, packages: "frozenset[str]") -> "type | None":
    if type(module) is not str or type(name) is not str or module.partition(".")[0] not in packages:
        return None
    found = _find(module, name)
    # Not one that the module has from elsewhere.
    return found if isinstance(found, type) and found.__module__ == module else None


def _find(module: str, name: str) -> object:
    found = sys.modules.get(module)
    for part in name.split("."):
        if not isinstance(found, (types.ModuleType, type)):
            return None
        found = vars(found).get(part)
    return found


def _data_classes() -> list:
    torch, tf = sys.modules.get("torch"), sys.modules.get("tensorflow")
    of_torch = [] if torch is None else [torch.Tensor]
    return of_torch if tf is None else [*of_torch, tf.Tensor, tf.Variable, tf.RaggedTensor, tf.SparseTensor]
