"""Traces an exception to its cause: the chain, the frames, the variables of the program's innermost frame, the library call."""

import collections
import linecache
import os
import sys
import traceback
import types

from calls import call_at_fault
from names import class_name
from traced import read_trace
from values import describe_value

MOST_LINKS, MOST_FRAMES, MOST_LOCALS = 4, 12, 12
LINE_CAP, MESSAGE_CAP = 200, 500
HIDDEN = (types.ModuleType, type, types.FunctionType, types.BuiltinFunctionType, types.MethodType)
# Folders of libraries, the longest first.
FOLDERS = sorted(filter(os.path.isabs, sys.path), key=len, reverse=True)


def trace_of(error: BaseException, candidate: str, test: str, program: str, runner: str) -> dict:
    """
    The fields `chain`, `frames`, `locals` and `call` of a report's exception; `candidate` and `test` are the names under which
    their code was compiled. A part that goes wrong is left out: a trace is help, no evidence.
    """
    inner, lasti = _tried(_innermost, error, candidate) or (None, -1)
    return read_trace({
        "chain": _tried(_chain, error),
        "frames": _tried(_frames, error, candidate, test, runner),
        "locals": None if inner is None else _tried(_locals, inner),
        "call": _tried(call_at_fault, error, inner, lasti, program),
    })


def _tried(make: object, *args: object) -> object:
    """None for whatever goes wrong: exceptions and values are the candidate's, and so may be what they do when they are asked."""
    try:
        return make(*args)
    except BaseException:
        return None


def _chain(error: BaseException) -> "list[dict]":
    """The exception and what it was raised from or while handling, up to a few."""
    chain = [error]
    while len(chain) < MOST_LINKS:
        last = chain[-1]
        context = None if last.__suppress_context__ else last.__context__
        cause = context if last.__cause__ is None else last.__cause__
        # Neither `or` nor `in`: an exception of the candidate's may have its own ideas of both.
        if cause is None or any(each is cause for each in chain):
            break
        chain.append(cause)
    return [{"type": class_name(type(each)), "message": _tried(_message, each)} for each in chain]


def _message(error: BaseException) -> str:
    return "".join([str(error)])[:MESSAGE_CAP]


def _frames(error: BaseException, candidate: str, test: str, runner: str) -> "list[dict]":
    walked = (pair for pair in traceback.walk_tb(error.__traceback__) if not pair[0].f_code.co_filename.startswith(runner))
    # Some to spare: a statement of a test that `split_cases` has put in behind its end has no text.
    last = [_frame(frame, line, candidate, test) for frame, line in collections.deque(walked, MOST_FRAMES * 2)]
    return [each for each in last if each["text"] or each["where"] == "library"][-MOST_FRAMES:]


def _frame(frame: types.FrameType, line: int, candidate: str, test: str) -> dict:
    file = frame.f_code.co_filename
    where = "candidate" if file == candidate else "test" if file == test else "library"
    return {
        "where": where,
        "file": "program" if where == "candidate" else _short(file),
        "line": line,
        "function": frame.f_code.co_name[:LINE_CAP],
        "text": linecache.getline(file, line).strip()[:LINE_CAP],
    }


def _short(file: str) -> str:
    folder = next((folder for folder in FOLDERS if file.startswith(folder + os.sep)), None)
    return (file if folder is None else os.path.relpath(file, folder))[-LINE_CAP:]


def _innermost(error: BaseException, candidate: str) -> "tuple[types.FrameType | None, int]":
    """The program's innermost frame, and the instruction that it was at."""
    found, lasti, step = None, -1, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == candidate:
            found, lasti = step.tb_frame, step.tb_lasti
        step = step.tb_next
    return found, lasti


def _locals(frame: types.FrameType) -> "list[dict]":
    is_module = frame.f_code.co_name == "<module>"
    names = frame.f_globals if is_module else frame.f_locals
    shown = [
        (name, value)
        for name, value in names.items()
        if type(name) is str and not name.startswith("__") and not issubclass(type(value), HIDDEN)
    ]
    return [describe_value(name, value) for name, value in shown[-MOST_LOCALS:]]
