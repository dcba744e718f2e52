"""Says what the libraries of an environment offer: names, signatures and docstrings, as JSON between two marks."""


def describe() -> None:
    import contextlib
    import importlib
    import importlib.metadata
    import inspect
    import io
    import json
    import pkgutil
    import re
    import sys
    import warnings

    wanted = json.loads(WANTED)
    published = importlib.metadata.packages_distributions()

    def package_of(module: str) -> str:
        return (published.get(module.split(".")[0]) or [module.split(".")[0]])[0]

    def version_of(package: str) -> object:
        try:
            return importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            return None

    def find(name: str) -> object:
        """The module's member of a qualified name; None if there is none."""
        parts = name.split(".")
        for end in range(len(parts) - 1, 0, -1):
            try:
                found = importlib.import_module(".".join(parts[:end]))
                for part in parts[end:]:
                    found = getattr(found, part)
                return found
            except (ImportError, AttributeError):
                continue
        return None

    def entry(name: str, found: object) -> object:
        text = inspect.getdoc(found) or ""
        package = package_of(name)
        try:
            # Addresses of objects differ from run to run.
            signature = re.sub(r" at 0x[0-9a-f]+", "", f"{name}{inspect.signature(found)}")
        except (TypeError, ValueError):
            signature = None
        facts = {"name": name, "library": package, "version": version_of(package)}
        return {**facts, "signature": signature, "documentation": text[: wanted["chars"]]}

    def member(module: object, name: str) -> object:
        """None for what can't be had: some modules raise for what they call experimental."""
        try:
            return getattr(module, name, None)
        except Exception:  # noqa: BLE001 -- whatever a library raises
            return None

    def modules(top: str) -> list:
        """The package and its public modules, one level deep."""
        root = importlib.import_module(top)
        names = [top]
        for found in pkgutil.iter_modules(getattr(root, "__path__", [])):
            if not found.name.startswith("_") and found.name not in ("tests", "testing", "conftest", "setup"):
                names.append(f"{top}.{found.name}")
        return names[: wanted["modules"]]

    def members(top: str) -> list:
        """Public functions and classes that the package itself defines, each under its shortest name."""
        names, seen = [], set()
        for module_name in modules(top):
            try:
                module = importlib.import_module(module_name)
            except Exception:  # noqa: BLE001 -- an optional part that lacks its own packages
                continue
            for name in getattr(module, "__all__", None) or sorted(vars(module)):
                found = member(module, name)
                if name.startswith("_") or id(found) in seen or not callable(found):
                    continue
                origin = str(getattr(found, "__module__", None) or module_name).split(".")[0].lstrip("_")
                if origin != top or len(inspect.getdoc(found) or "") < wanted["least"]:
                    continue
                seen.add(id(found))
                names.append((f"{module_name}.{name}", found))
        return names

    entries, lacking = [], []
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in wanted["names"]:
            found = find(name)
            entries.append(None if found is None else entry(name, found))
        for library in wanted["libraries"]:
            tops = [top for top, packages in published.items() if library in (top, *packages)] or [library]
            all_members = []
            for top in sorted(top for top in tops if top.isidentifier() and not top.startswith("_")):
                with contextlib.suppress(ImportError):
                    all_members.extend(members(top))
            if not all_members:
                lacking.append(library)
            entries.extend(entry(*each) for each in all_members[: wanted["most"]])
    answer = json.dumps({"entries": entries, "lacking": lacking})
    sys.stdout.write(f"\n<<<described>>>\n{answer}\n<<<end>>>\n")
