"""Watches a candidate that shares a process with its test for what only a program that cheats has use for."""

import _thread
import builtins
import os
import sys
import types

from fault import TEST
from fresh import RUNNER

__builtins__ = dict(vars(builtins))
FRAMES = ("tb_frame", "gi_frame", "cr_frame", "ag_frame")
# Library code that hands on what a program asks it for.
GO_BETWEENS = ("/inspect.py", "/ctypes/__init__.py")
GO_BETWEEN_FUNCTIONS = ("walk_stack", "walk_tb", "currentframe")
# Events of Python's audit hooks, each with what of its arguments makes it count; None for all.
BY_ANYONE = {
    "sys._current_frames": None,
    "gc.get_objects": None,
    "gc.get_referrers": None,
    "gc.get_referents": None,
    "open": lambda args: _is_memory(args[0]),
    "os.symlink": lambda args: _is_memory(args[0]),
}
# What a library does of itself, of an object of its own: the end of the name of its file.
BY_ITSELF = {"gc.get_referents": "/pandas/core/generic.py"}
# Libraries do these to good ends: they count where the program itself asks.
BY_PROGRAM = {
    "sys._getframe": None,
    "sys.settrace": None,
    "sys.setprofile": None,
    "sys.addaudithook": None,
    "code.__new__": None,
    "ctypes.cdata": None,
    "ctypes.PyObj_FromPtr": None,
    "ctypes.string_at": None,
    "ctypes.wstring_at": None,
    "ctypes.call_function": None,
    "ctypes.dlsym": lambda args: str(args[1]).lstrip("_").startswith("Py"),
    "object.__getattr__": lambda args: args[1] in FRAMES,
    "object.__setattr__": lambda args: args[1] in ("__code__", "__defaults__", "__kwdefaults__"),
}


def watch(send: object) -> None:
    """Have `send` told, once, of the first thing that makes all that follows doubtful. Can't be undone."""
    get_frame, get_thread = sys._getframe, _thread.get_ident
    trusted = (*(f"{path}/" for path in sys.path if path != os.getcwd()), f"{RUNNER}/", "<frozen ", TEST)
    # The hook's own questions are events as well.
    asking = set()
    is_told = False

    def hook(event: str, args: tuple) -> None:
        nonlocal is_told
        if is_told or not (event in BY_PROGRAM or event in BY_ANYONE or event == "compile") or get_thread() in asking:
            return
        asking.add(get_thread())
        try:
            frame = _asker(get_frame(1))
            if _counts(event, args, frame, trusted):
                is_told = True
                send("tampered", what=f"{event} in line {frame.f_lineno} of {frame.f_code.co_filename}"[:200])
        finally:
            asking.discard(get_thread())

    sys.addaudithook(hook)


def _counts(event: str, args: tuple, frame: types.FrameType, trusted: tuple) -> bool:
    is_library = frame.f_code.co_filename.startswith(trusted)
    if event in BY_ANYONE:
        if is_library and event in BY_ITSELF and frame.f_code.co_filename.endswith(BY_ITSELF[event]):
            return False
        test = BY_ANYONE[event]
        return test is None or test(args)
    if is_library:
        return False
    if event == "compile":
        # By its file's name it would pass for a library, or for the test.
        return isinstance(args[1], str) and str.startswith(args[1], trusted)
    test = BY_PROGRAM[event]
    return test is None or test(args)


def _asker(frame: types.FrameType) -> types.FrameType:
    while frame.f_back is not None and _is_go_between(frame.f_code):
        frame = frame.f_back
    return frame


def _is_go_between(code: types.CodeType) -> bool:
    return code.co_filename.endswith(GO_BETWEENS) or code.co_name in GO_BETWEEN_FUNCTIONS


def _is_memory(path: object) -> bool:
    """Whether a path is that of a process's memory in /proc; a number is a descriptor that was opened before."""
    if isinstance(path, bytes):
        return bytes.rpartition(path, b"/")[2] == b"mem"
    return isinstance(path, str) and str.rpartition(path, "/")[2] == "mem"
