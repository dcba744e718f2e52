"""The candidate's side of isolated grading: runs the candidate and answers the grader's requests."""

import functools
import importlib
import operator
import os
import sys
import types

from arrays import masked_of
from codec import AsData, Decoder, Encoder
from confined import CHANNEL, WIRE
from evidence import Evidence
from fault import CANDIDATE, describe
from fresh import RUNNER, begin, exit_code, flush
from kinds import base_of
from named import library_bases
from peer import Peer, encode_exception
from settings import settle
from signatures import FUNCTIONS, name_itself, parameters_of
from sources import run_candidate
from talks import Gone


MOST_TRACES = 20
# Where these keep the function that they were made of.
_HOLDERS = {staticmethod: "__func__", classmethod: "__func__", property: "fget", functools.cached_property: "func"}


def serve(job: dict, _: Evidence) -> None:
    """Never returns. What is sent from here is the candidate's word: it counts as values of a program, never as a verdict."""
    begin()
    os.close(CHANNEL)
    end = CandidateEnd(job["program"], job["entryPoint"], job["entryKind"] == "class")
    end.peer = Peer(WIRE, end)
    try:
        end.peer.serve_for_ever()
    except Gone:
        _leave()


class CandidateEnd:
    """Carries out requests on the candidate's objects."""

    def __init__(self, program: str, entry_point: str, asks_for_class: bool) -> None:
        self._program = program
        self._entry_point = entry_point
        self._asks_for_class = asks_for_class
        self._module: "types.ModuleType | None" = None
        self._objects: list = []
        self._numbers: dict = {}
        self._classes: dict = {}
        # Of the grader's, and by the id of each its number there.
        self._functions: dict = {}
        self._handed: dict = {}
        self._owner = os.getpid()
        self._traces_left = MOST_TRACES
        self.peer: "Peer | None" = None

    def serve(self, request: dict, values: list) -> object:
        """Carry out a request. What the program forks ends here: it must not answer as well."""
        try:
            with settle(request["setting"]):
                return self._serve(request, values)
        finally:
            if os.getpid() != self._owner:
                _leave()
            # When the grader has all that it wants, this process is killed where it waits.
            flush(sys.stdout)
            flush(sys.stderr)

    def _serve(self, request: dict, values: list) -> object:
        kind = request["do"]
        if kind == "load":
            return self._load()
        if kind == "names":
            return {name: vars(self._module)[name] for name in values[0]}
        if kind == "call":
            target, args, kwargs = values
            return target(*args, **kwargs)
        if kind == "method":
            target, name, args, kwargs = values
            return getattr(target, name)(*args, **kwargs)
        if kind == "value":
            return AsData(*values)
        if kind == "get":
            return getattr(*values)
        if kind == "set":
            return setattr(*values)
        if kind == "delete":
            return delattr(*values)
        raise ValueError(f"no such request: {kind}")

    def _load(self) -> list:
        """The names that the candidate binds, but for modules, and what it binds to that of the function under test."""
        self._module = run_candidate(self._program)
        names = [name for name, value in vars(self._module).items() if not isinstance(value, types.ModuleType)]
        return [names, vars(self._module)[self._entry_point] if self._entry_point in names else None]

    def stays(self, kind: type) -> bool:
        """Whether a class has methods of the program's, which a task that asks for a class is about."""
        if not self._asks_for_class:
            return False
        own = (base for base in type.__getattribute__(kind, "__mro__") if base.__module__ == "candidate")
        return any(map(_is_method, (value for base in own for value in vars(base).values())))

    def refer(self, value: object) -> list:
        """The node of an object that stays here."""
        if id(value) in self._handed:
            return ["grader", self._handed[id(value)]]
        if isinstance(value, type):
            return self._class(value)
        number = self._number(value)
        if isinstance(value, FUNCTIONS):
            return ["function", number, str(value.__name__), parameters_of(value)]
        return ["object", number, self._class(type(value))]

    def _number(self, value: object) -> int:
        number = self._numbers.get(id(value))
        if number is None:
            number = len(self._objects)
            self._objects.append(value)
            self._numbers[id(value)] = number
        return number

    def _class(self, kind: type) -> list:
        number = self._number(kind)
        if number not in self._classes:
            self._classes[number] = ["class", number, *self._class_parts(kind)]
        return self._classes[number]

    def _class_parts(self, kind: type) -> list:
        bases = [base for base in type.__getattribute__(kind, "__mro__")[1:] if base is not object]
        builtin = [base for base in bases if base.__module__ == "builtins"]
        # But for those that another one derives from.
        foreign = [base.__name__ for base in builtin if sum(issubclass(other, base) for other in builtin) == 1]
        own = [self._class(base) for base in type.__getattribute__(kind, "__bases__") if base.__module__ == "candidate"]
        return [str(kind.__name__), foreign, library_bases(kind), own, sorted(_special_names(kind)), base_of(kind) is not None]

    def resolve(self, node: list) -> object:
        """The object of a node that came back, a library's own, or a stand-in for a function of the grader's."""
        kind, number = node[:2]
        if kind == "candidate":
            return self._objects[number]
        if kind == "masked-array":
            return masked_of(*node[1:])
        if number not in self._functions:
            found = self._function(number, *node[3:]) if node[2] is None else _named(*node[2])
            self._functions[number] = found
            self._handed[id(found)] = number
        return self._functions[number]

    def _function(self, number: int, name: str, parameters: "list | None") -> object:
        def call(*args: object, **kwargs: object) -> object:
            return self.peer.ask({"do": "call", "number": number}, [list(args), kwargs])

        name_itself(call, name, parameters)
        call.__module__ = "__main__"
        return call

    def setting(self) -> dict:
        """A grader's callbacks run as the grader has set itself."""
        return {}

    def describe(self, error: BaseException, encoder: Encoder) -> dict:
        """An exception, with the facts of where it came from."""
        # What a test catches again and again, such as the end of an iterator, need not be traced each time.
        self._traces_left -= 1
        sources = {CANDIDATE: self._program} if self._traces_left >= 0 else {}
        facts = describe(error, False, sources, RUNNER)
        code = exit_code(error.code) if isinstance(error, SystemExit) else None
        return {"facts": facts, "code": code, "raised": encode_exception(error, encoder, facts["message"])}

    def revive(self, node: dict, decoder: Decoder) -> BaseException:
        """An exception that a function of the grader's raised while the candidate called it."""
        return decoder.decode(node["raised"])


def _named(module: str, name: str) -> object:
    return operator.attrgetter(name)(importlib.import_module(module))


def _leave() -> None:
    flush(sys.stdout)
    flush(sys.stderr)
    os._exit(1)


def _is_method(value: object) -> bool:
    """Whether a class has this of the program's source: not what `namedtuple` or `Enum` have made for it."""
    holder = _HOLDERS.get(type(value))
    function = value if holder is None else getattr(value, holder)
    return isinstance(function, types.FunctionType) and function.__module__ == "candidate"


def _special_names(kind: type) -> set:
    """Special methods that the class or its bases define, beyond those of every object."""
    names = {name for base in kind.__mro__ if base is not object for name in vars(base)}
    return {name for name in names if name.startswith("__") and name.endswith("__") and callable(getattr(kind, name, None))}
