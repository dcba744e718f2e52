"""Holds the modules that a test uses to what they were before its candidate ran."""

import builtins
import importlib
import sys
import types

__builtins__ = dict(vars(builtins))
# What of a library decides over a test, where the test imports it: sealed down to the methods of its classes.
DECIDING = {
    "unittest": ("unittest",),
    "numpy": ("numpy.testing",),
    "pandas": ("pandas.testing", "pandas._testing"),
    "pytest": ("pytest", "_pytest.python_api", "_pytest.raises", "_pytest.recwarn", "_pytest.outcomes"),
    "torch": ("torch.testing",),
}
_MISSING = object()


class Seal:
    """
    Taken before the candidate runs: imports what the test will (`imports`, or of what decides in these by one of
    `attributes`), and keeps the attributes of these modules. Libraries are kept as they look from outside, not their
    insides.
    """

    def __init__(self, imports: "list[str]", attributes: "list[str]") -> None:
        roots = {name.partition(".")[0] for name in imports}
        parts = [part for root in roots for part in DECIDING.get(root, ()) if part.rpartition(".")[2] in attributes]
        self._modules = {name: _import(name) for name in (*imports, *parts)}
        deciding = [module for name in self._modules for module in _deciding(name)]
        self._kept = [(owner, dict(vars(owner))) for owner in self._modules.values() if owner is not None]
        self._deciding = [(owner, dict(vars(owner))) for module in deciding for owner in (module, *_classes(module))]

    def restore(self) -> None:
        """Undo what the candidate changed, before the test begins."""
        for name, module in self._modules.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
        for owner, kept in self._kept + self._deciding:
            for name in _changed(owner, kept):
                type.__setattr__(owner, name, kept[name]) if isinstance(owner, type) else setattr(owner, name, kept[name])
        for owner, name in self._added():
            type.__delattr__(owner, name)

    def broken_by(self) -> "str | None":
        """What was changed since, of the functions that decide over a test; a test may well set options of theirs."""
        changed = [
            (owner, name) for owner, kept in self._deciding for name in _changed(owner, kept) if _is_function(kept[name])
        ]
        added = [(owner, name) for owner, name in self._added() if _is_function(vars(owner)[name])]
        found = next(iter(changed + added), None)
        return None if found is None else f"{found[0].__name__}.{found[1]} was replaced"

    def _added(self) -> list:
        """Methods that shadow those of a base."""
        classes = [(owner, kept) for owner, kept in self._deciding if isinstance(owner, type)]
        return [(owner, name) for owner, kept in classes for name in [*vars(owner)] if name not in kept]


def _is_function(value: object) -> bool:
    return callable(value) or isinstance(value, (classmethod, staticmethod, property))


def _changed(owner: object, kept: dict) -> list:
    now = vars(owner)
    return [name for name, value in kept.items() if now.get(name, _MISSING) is not value]


def _import(name: str) -> "types.ModuleType | None":
    """What can't be imported fails when the test does so."""
    try:
        return importlib.import_module(name)
    except Exception:
        return None


def _deciding(name: str) -> list:
    prefixes = DECIDING.get(name.partition(".")[0], ())
    return [
        module
        for loaded, module in [*sys.modules.items()]
        if any(loaded == prefix or loaded.startswith(prefix + ".") for prefix in prefixes)
    ]


def _classes(module: types.ModuleType) -> list:
    found = [value for value in vars(module).values() if isinstance(value, type)]
    return [each for each in found if each.__module__ == module.__name__ and each.__flags__ & _HEAP_TYPE]


# Classes of compiled code can't be changed.
_HEAP_TYPE = 1 << 9
