"""A walk over the public modules of a library, which finds its objects by their shortest public paths."""

import importlib
import pkgutil
import sys
import types

_MODULES, _DEPTH = 500, 4
# Of no use to a program, or running for long, or asking for what is not there.
_LEFT_OUT = frozenset(
    "benchmark benchmarks cli commands conftest contrib core distributed examples external externals internals onnx package raw_ops src "
    "tensorboard test testing tests tools v2 vendor".split()
) | frozenset(["keras.legacy", "numpy.f2py", "numpy.distutils", "pandas.compat", "sklearn.utils.estimator_checks", "tensorflow.compiler", "tensorflow.keras", "tensorflow.python"])
_KEPT = frozenset(["torchvision.transforms.v2", "datasets.packaged_modules"])
_PLAIN = (bool, int, float, str, bytes, complex)


class Walk:
    """Finds objects by their shortest public path."""

    def __init__(self, roots: "list[str]", is_library: bool, imports: bool) -> None:
        self.roots, self.is_library, self.imports = roots, is_library, imports
        self.skipped: "list[str]" = []
        # Identity of an object: itself, its best path with the rank of that, all its paths.
        self.found: "dict[int, list]" = {}
        self.values: "dict[str, object]" = {}
        self.modules: "dict[str, types.ModuleType]" = {}
        self.lazy: "dict[str, dict[str, str]]" = {}

    def run(self) -> None:
        """Visit modules breadth first."""
        queue = [(name, name) for name in self.roots]
        while queue and len(self.modules) < _MODULES:
            path, name = queue.pop(0)
            module = self._import(name)
            if module is None or any(module is seen for seen in self.modules.values()):
                continue
            self.modules[path] = module
            lazy = lazy_names(module)
            if lazy:
                self.lazy[path] = lazy
            else:
                self._visit(path, module)
            if self.is_library and not lazy:
                queue += self._submodules(path, module)

    def _import(self, name: str) -> "types.ModuleType | None":
        if name not in sys.modules and not self.imports and name not in self.roots:
            return None
        try:
            return importlib.import_module(name)
        except BaseException as error:
            self.skipped.append(clean(f"{name}: {type(error).__name__}", 120))
            return None

    def _submodules(self, path: str, module: types.ModuleType) -> "list[tuple[str, str]]":
        if path.count(".") + 1 >= _DEPTH:
            return []
        root = self.roots[0].partition(".")[0] + "."
        found = {}
        for name in sorted(vars(module)):
            value = vars(module)[name]
            key = f"{path}.{name}"
            real = vars(value).get("__name__") if _is_module(value) else None
            if type(real) is str and real.startswith(root) and (real == key or "._" in real):
                found[key] = real
        if path.count(".") < 2 and path == module.__name__:
            folders = getattr(module, "__path__", [])
            for info in pkgutil.iter_modules(folders if isinstance(folders, list) else []):
                found.setdefault(f"{path}.{info.name}", f"{path}.{info.name}")
        return [(key, found[key]) for key in sorted(found) if _is_public(key)]

    def _visit(self, path: str, module: types.ModuleType) -> None:
        listed = vars(module).get("__all__")
        public = {each for each in listed if type(each) is str} if isinstance(listed, (list, tuple, set)) else None
        for name in sorted({*dir(module), *(public or ())}):
            if name.startswith("_"):
                continue
            try:
                self._note(path, name, getattr(module, name), None if public is None else name in public)
            except BaseException:
                continue

    def _note(self, path: str, name: str, thing: object, is_listed: "bool | None") -> None:
        full = name if path == "builtins" else f"{path}.{name}"
        if _is_module(thing):
            return
        if not isinstance(thing, type) and not callable(thing):
            if is_listed or (path in self.roots and isinstance(thing, _PLAIN) and name.isupper()) or _is_own_value(thing, path):
                self.values[full] = thing
            return
        home = _home(thing)
        is_near = home == path or home.startswith(f"{path}.")
        if not self._owns(home, path) or (is_listed is False and not is_near):
            return
        if is_listed is None and not is_near and not self._gathers(path, home):
            return
        rank = (".compat." in full, is_listed is not True and not is_near, full.count("."), not is_near, full)
        known = self.found.setdefault(id(thing), [thing, rank, []])
        known[1] = min(known[1], rank)
        known[2].append(full)

    def _gathers(self, path: str, home: str) -> bool:
        """Whether what a module without `__all__` has from elsewhere is meant to be found there: in packages, and from C."""
        return home in ("", "builtins") or "._C" in home or not self.is_library or hasattr(self.modules[path], "__path__")

    def _owns(self, home: str, path: str) -> bool:
        top = path.partition(".")[0]
        if home == "" or home.partition(".")[0].lstrip("_") == top or home in ("builtins", "_frozen_importlib"):
            return True
        return not self.is_library and (home == path or home not in self.roots)


def _is_public(path: str) -> bool:
    if path in _KEPT or path in _LEFT_OUT:
        return path in _KEPT
    return not any(part.startswith(("_", "test", "setup")) or part in _LEFT_OUT for part in path.split(".")[1:])


def _is_module(thing: object) -> bool:
    """By its real type: what it answers when it is asked for its class is no matter."""
    return issubclass(type(thing), types.ModuleType)


def _home(thing: object) -> str:
    try:
        home = thing.__module__
    except BaseException:
        return ""
    return home if type(home) is str else ""


def _is_own_value(thing: object, path: str) -> bool:
    """Such as torch.float32: of a type of the library itself."""
    return type(thing).__module__.partition(".")[0] == path.partition(".")[0]
