"""Ways to fork: into new namespaces, as the system call itself, and as libc does it."""

import ctypes
import functools
import os
import platform
import signal
import threading

from wall import NAMESPACES, WallError, libc

# Keeps the interpreter's lock, so that a child has it as well.
_held = ctypes.PyDLL(None, use_errno=True)

CLONE_NEWPID = 0x20000000
CLONE_CHILD_CLEARTID, CLONE_CHILD_SETTID = 0x00200000, 0x01000000
SYS_CLONE = {"x86_64": 56, "aarch64": 220}
# How far a C library's descriptor of a thread is searched for the thread's id.
DESCRIPTOR_WORDS = 255


def fork_apart() -> int:
    """Fork into new namespaces, but for that of the network; the child is PID 1 of its own: what it starts ends with it."""
    return _clone(NAMESPACES | CLONE_NEWPID, "clone (are user namespaces allowed on this host?)")


def fork_plain() -> int:
    """
    The system call and nothing else. Libraries have libc's fork() end their threads first, which would wait for ever in a process
    that was forked itself, and so has none.
    """
    return _clone(0, "clone")


def fork() -> int:
    """os.fork() without Python's own work in the child (seeds, locks, its list of threads): see `fresh.begin`."""
    pid = _held.fork() if threading.active_count() == 1 else os.fork()
    return _checked(pid, "fork")


def _clone(namespaces: int, what: str) -> int:
    """The kernel writes the child's thread id where libc keeps it, as libc's own fork does."""
    return _checked(_held.syscall(*_clone_arguments(namespaces)), what)


def _checked(pid: int, what: str) -> int:
    if pid == -1:
        raise WallError(f"{what}: {os.strerror(ctypes.get_errno())}")
    return pid


@functools.cache
def _clone_arguments(namespaces: int) -> tuple:
    flags = ctypes.c_ulong(namespaces | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | signal.SIGCHLD)
    child = ctypes.c_void_p(_thread_id_address())
    # Flags, stack, where the parent reads the id; then the thread's own storage and where the child reads it, or the reverse.
    tail = (child, None) if platform.machine() == "x86_64" else (None, child)
    return (ctypes.c_long(SYS_CLONE[platform.machine()]), flags, None, None, *tail)


@functools.cache
def _thread_id_address() -> int:
    """
    Where libc keeps this thread's id: the word of the thread's descriptor that holds it, here and in a child of fork().
    A child that kept its parent's could be taken for one of its own threads by a lock that knows its owner by this id.
    """
    libc.pthread_self.restype = ctypes.c_size_t
    start = libc.pthread_self()
    words = (ctypes.c_int32 * DESCRIPTOR_WORDS).from_address(start)
    found = [index for index, word in enumerate(words) if word == threading.get_native_id()]
    pid = _held.fork()
    if pid == 0:
        os._exit(next((index for index in found if words[index] == os.getpid()), DESCRIPTOR_WORDS))
    index = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if index == DESCRIPTOR_WORDS:
        raise WallError("this system's C library keeps the id of a thread where nobody expects it")
    return start + 4 * index
