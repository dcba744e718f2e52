"""
What a test sets for its own process and means for its program as well: seeds of random generators, and that no gradients are
recorded. The next request tells the candidate's side.
"""

import contextlib
import functools
import importlib
import sys

# Package: where in it the functions are that set a seed.
_SEEDING = {
    "random": ("seed",),
    "numpy": ("random.seed",),
    "torch": ("manual_seed",),
    "tensorflow": ("random.set_seed",),
    "keras": ("utils.set_random_seed",),
}
_NOTHING = contextlib.nullcontext()


class Settings:
    """The grader's side: hears of seeds."""

    def __init__(self) -> None:
        self._seeds: list = []
        self._heard: set = set()

    def listen(self, imports: "list[str]") -> None:
        """Before a test whose imports these are: of the packages that are there by now, to each once."""
        for package in {name.partition(".")[0] for name in imports}.intersection(_SEEDING):
            with contextlib.suppress(Exception):
                importlib.import_module(package)
        for package, names in _SEEDING.items():
            for name in names if package in sys.modules and package not in self._heard else ():
                self._heard.add(package)
                self._hear(package, name)

    def take(self) -> dict:
        """What is to be told; nothing in most cases."""
        told = {}
        if self._seeds:
            told["seeds"], self._seeds = self._seeds, []
        torch = sys.modules.get("torch")
        if torch is not None and not torch.is_grad_enabled():
            told["without_gradients"] = True
        return told

    def _hear(self, package: str, name: str) -> None:
        owner, attribute = _owner(package, name)
        seed = getattr(owner, attribute)

        @functools.wraps(seed)
        def heard(*args: object, **kwargs: object) -> object:
            number = next(iter((*args, *kwargs.values())), None)
            if type(number) in (int, str):
                self._seeds.append([package, name, number])
            return seed(*args, **kwargs)

        setattr(owner, attribute, heard)


def settle(told: dict) -> "contextlib.AbstractContextManager[object]":
    """The candidate's side: seed what was seeded; a context for what is to be run so."""
    if not told:
        return _NOTHING
    for package, name, number in told.get("seeds", ()):
        if package in sys.modules:
            owner, attribute = _owner(package, name)
            getattr(owner, attribute)(number)
    torch = sys.modules.get("torch")
    return torch.no_grad() if torch is not None and told.get("without_gradients") else _NOTHING


def _owner(package: str, name: str) -> "tuple[object, str]":
    owner, *path = sys.modules[package], *name.split(".")
    for part in path[:-1]:
        owner = getattr(owner, part)
    return owner, path[-1]
