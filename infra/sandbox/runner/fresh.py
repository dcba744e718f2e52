"""What a program, or a grader, finds when it starts: an interpreter as if it were new."""

import os
import random
import sys
import threading
import types
import warnings

from fault import TEST, clip
from wall import WORK

RUNNER = os.path.dirname(os.path.abspath(__file__))
OWN_MODULES = [name.removesuffix(".py") for name in os.listdir(RUNNER)]
EXIT_TEXT_CAP = 2_000
# Libraries that drew their seed when they were imported.
SEEDS = {
    "numpy.random": lambda random, seed: random.seed(seed),
    # Of the processor alone: a GPU draws its own when it is first used, and `torch.manual_seed` notes the stack for each,
    # which takes milliseconds.
    "torch": lambda torch, seed: torch.default_generator.manual_seed(seed),
    "tensorflow": lambda tensorflow, seed: tensorflow.random.set_seed(seed),
}


def prepare_interpreter() -> None:
    """
    In the fork server, once: leave nothing of the runner where a program looks (arguments, paths, modules), and put
    streams of its own in place.
    """
    sys.argv = [TEST]
    sys.path[:] = [path for path in sys.path if path != RUNNER]
    # Last, so that a file which the program writes can't stand in for a library that the test imports.
    sys.path.append(WORK)
    sys.modules["__main__"] = types.ModuleType("__main__")
    for name in OWN_MODULES:
        sys.modules.pop(name, None)
    warnings.resetwarnings()
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.__stdout__ = _stream(1, "surrogateescape")
    sys.stderr = sys.__stderr__ = _stream(2, "backslashreplace")


def begin() -> None:
    """In a process that runs a program or a test: what it must not share with those forked before it."""
    random.seed()
    threading.current_thread()._set_native_id()
    for name, seed in SEEDS.items():
        if name in sys.modules:
            seed(sys.modules[name], int.from_bytes(os.urandom(4), "big"))


def _stream(fd: int, errors: str) -> object:
    """Flushed at each line: what was printed before a kill is kept."""
    return open(fd, "w", encoding="utf-8", errors=errors, buffering=1, closefd=False)


def flush(stream: object) -> None:
    """Write out what a stream holds, if it is one that can."""
    try:
        stream.flush()
    except BaseException:
        pass


def exit_code(code: object) -> int:
    """As the interpreter has it: None is 0, a text goes to stderr and is 1."""
    if code is None or issubclass(type(code), int):
        return (code or 0) & 0xFF
    print(clip(str(code), EXIT_TEXT_CAP), file=sys.stderr)
    return 1
