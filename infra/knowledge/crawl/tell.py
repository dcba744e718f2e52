"""Prints what a walk has found, an entry a line as JSON, and a last line with what was left out."""

import importlib.metadata
import json
import sys
import time
import warnings

_OBJECTS, _BYTES, _SECONDS, _MEMBERS = 30_000, 16_000_000, 240, 900


class Teller:
    """Writes entries until there are too many, they are too large, or they take too long."""

    def __init__(self, walk: "Walk") -> None:
        self._walk, self._out = walk, sys.__stdout__
        self._objects = self._bytes = 0
        self._classes = {
            key: rank[4] for key, (thing, rank, _) in walk.found.items() if isinstance(thing, type)
        }

    def tell(self) -> None:
        """Shortest paths first: what is cut off is what lies deepest."""
        self._write(_published(self._walk) if self._walk.is_library else {"package": None, "version": sys.version.partition(" ")[0]})
        cut = next(filter(None, (self._cut(each) for each in self._all())), None)
        self._write({"end": True, "modules": len(self._walk.modules), "skipped": self._walk.skipped[:50], "cut": cut})
        self._out.flush()

    def _all(self) -> "Iterator[list[dict]]":
        for path, module in self._walk.modules.items():
            yield [from_texts(path, "module", doc_of(module), None, None)]
        yield from ([each] for each in _removed(self._walk.roots[0].partition(".")[0]))
        found = sorted(self._walk.found.values(), key=lambda each: (each[1][0], each[1][2], each[1][4]))
        for thing, rank, paths in found:
            yield self._object(thing, rank[4], paths)
        for path, value in self._walk.values.items():
            yield [from_texts(path, "value", _shown(value), None, None)]
        for package, names in self._walk.lazy.items():
            yield from self._lazy(package, names)

    def _cut(self, entries: "list[dict]") -> "str | None":
        for each in entries:
            self._write(each)
            self._objects += 1
        if self._objects >= _OBJECTS:
            return f"after {_OBJECTS} objects"
        if self._bytes >= _BYTES:
            return f"after {_BYTES} bytes"
        return f"after {_SECONDS} s" if time.process_time() > _SECONDS else None

    def _write(self, value: dict) -> None:
        try:
            line = json.dumps(value) + "\n"
        except (TypeError, ValueError):
            return
        self._bytes += len(line)
        self._out.write(line)

    def _object(self, thing: object, path: str, paths: "list[str]") -> "list[dict]":
        try:
            also = sorted({each for each in paths if each != path}, key=lambda each: (each.count("."), each))[:4]
            if not isinstance(thing, type):
                return [entry(path, "function", thing, also=also)]
            bases = [self._classes[id(base)] for base in thing.__mro__[1:] if id(base) in self._classes]
            return [entry(path, "class", thing, also=also, bases=bases[:6]), *self._members(thing, path)]
        except BaseException as error:
            self._walk.skipped.append(clean(f"{path}: {type(error).__name__}", 120))
            return []

    def _members(self, owner: type, path: str) -> "list[dict]":
        """Those of the class itself and of bases that have no public path, which no public base has as well."""
        if type(owner).__name__ == "tensortype":  # torch.FloatTensor and its like: each has all that a tensor has
            return []
        public = [base for base in owner.__mro__[1:] if id(base) in self._classes]
        told, seen = [], set()
        for base in owner.__mro__[:-1]:
            if _home(base).partition(".")[0] != _home(owner).partition(".")[0] or base in public or any(base in other.__mro__ for other in public):
                continue
            for name, value in sorted(vars(base).items()):
                if name.startswith("_") or name in seen or len(told) >= _MEMBERS:
                    continue
                seen.add(name)
                told.append(_member(f"{path}.{name}", value))
        return told

    def _lazy(self, package: str, names: "dict[str, str]") -> "Iterator[list[dict]]":
        sources = Sources(self._walk.modules[package])
        for name, module in sorted(names.items(), key=lambda each: (each[1].startswith("models."), each[1], each[0])):
            if name.startswith("_") or "." not in module and module == name:
                continue
            thing = getattr(loaded(package, module), name, None)
            try:
                if thing is None or isinstance(thing, type):
                    yield sources.entries(name, module)
                else:
                    yield [entry(f"{package}.{name}", "function" if callable(thing) else "value", thing)]
            except BaseException as error:
                self._walk.skipped.append(clean(f"{package}.{name}: {type(error).__name__}", 120))


def _member(path: str, value: object) -> dict:
    function = getattr(value, "__func__", value)
    if isinstance(function, property) or not callable(function):
        doc = doc_of(function) if isinstance(function, property) else ""
        return from_texts(path, "attribute", doc, None, deprecation_of(None, doc))
    found = entry(path, "method", function)
    signature = found.get("signature")
    if isinstance(value, classmethod) and signature:
        found["signature"] = signature.replace("(cls, ", "(", 1).replace("(cls)", "()", 1)
    return found


def _removed(package: str) -> "list[dict]":
    """Names that a library tells are gone, and what it says in their place. numpy keeps such lists, and has one in two modules."""
    found = {}
    for module in [module for name, module in sorted(sys.modules.items()) if name.partition(".")[0] == package]:
        for table in ("__expired_attributes__", "__former_attrs__"):
            names = vars(module).get(table) if type(module).__name__ == "module" else None
            for name, text in sorted(names.items()) if type(names) is dict else ():
                told = clean(str(text), 250)
                found.setdefault(name, {"name": f"{package}.{name}", "kind": "removed", "doc": told, "deprecated": f"removed. {told}"})
    return list(found.values())


def _shown(value: object) -> str:
    try:
        return clean(f"{type(value).__name__} {value!r}", 80)
    except BaseException:
        return ""


def _published(walk: "Walk") -> dict:
    """The package that a library comes in, and its version."""
    root = walk.roots[0].partition(".")[0]
    try:
        package = importlib.metadata.packages_distributions()[root][0]
        return {"package": package, "version": importlib.metadata.version(package)}
    except BaseException:
        version = vars(sys.modules[root]).get("__version__") if root in sys.modules else None
        return {"package": None, "version": version if type(version) is str else None}


def crawl(roots: "list[str]", is_library: bool, imports: bool) -> None:
    """Walk and tell. What libraries print or warn of meanwhile goes nowhere."""
    warnings.simplefilter("ignore")
    stdout, sys.stdout = sys.stdout, open("/dev/null", "w")
    walk = Walk(roots, is_library, imports)
    walk.run()
    teller = Teller(walk)
    teller._out = stdout
    teller.tell()
