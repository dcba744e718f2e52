"""The inner wall: namespaces, a private file system, limits and lost privileges."""

import ctypes
import fcntl
import functools
import os
import platform
import resource
import signal
import socket
import struct

from memory import sizes

libc = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWNET, CLONE_NEWUTS = 0x40000000, 0x04000000
NAMESPACES = CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWUTS
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND = 1, 2, 4, 8, 32, 4096
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 4, 24, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAPABILITY_VERSION_3 = 0x20080522
SIOCSIFFLAGS, IFF_UP = 0x8914, 1

INNER_ID = 1000
WORK = "/tmp/work"
# Address space that threads reserve without using it must not look like a program's memory.
DATA_SLACK = 512 << 20
# Room above the limit on processes, so that the watchdog sees it passed before fork() fails.
PROCESS_SLACK = 16
# Before this release processes were counted over all of a user's namespaces.
COUNTS_BY_NAMESPACE = (5, 14)
KERNEL_RELEASE = tuple(int(part) for part in platform.release().split("-")[0].split(".")[:2])


class WallError(Exception):
    """A wall could not be made: no program may run."""


def check(result: int, what: str) -> None:
    """Raise with the call's name when it answered -1."""
    if result == -1:
        raise WallError(f"{what}: {os.strerror(ctypes.get_errno())}")


def settle(uid: int, gid: int) -> None:
    """First thing in a new user namespace: map the user. `uid` and `gid` are those outside."""
    # A process that changed its user can't write its own id maps while it is not dumpable.
    show()
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{INNER_ID} {uid} 1")
    _write("/proc/self/gid_map", f"{INNER_ID} {gid} 1")


def enter_namespaces() -> None:
    """Move this process into a user, mount, IPC and UTS namespace of its own."""
    _enter(NAMESPACES)


def enter_network() -> None:
    """
    Move the fork server into a network namespace that it can renew, and a user namespace to own it. What it forks shares
    that network: one for each program would cost an eighth of a run, and few programs ever open a socket.
    """
    _enter(CLONE_NEWUSER)
    renew_network()


def renew_network() -> None:
    """Leave the network namespace to what is left in it, for another. There is nothing in it but a loopback."""
    _unshare(CLONE_NEWNET)
    _loopback_up()


def mount_private(tmp_bytes: int, with_proc: bool = True) -> None:
    """A fresh /proc, in a pid namespace of one's own, and a sized /tmp (with /dev/shm in it); nothing else can be written to."""
    _write("/proc/self/oom_score_adj", "1000")
    safe = MS_NOSUID | MS_NODEV
    if with_proc:
        _mount_proc(safe | MS_NOEXEC)
    inodes = max(1024, tmp_bytes // 4096)
    _mount("tmpfs", "/tmp", "tmpfs", safe, f"size={tmp_bytes},nr_inodes={inodes},mode=1777")
    os.mkdir(WORK)
    os.mkdir("/tmp/shm")
    _mount("/tmp/shm", "/dev/shm", None, MS_BIND, None)
    os.chdir(WORK)


def _mount_proc(flags: int) -> None:
    """
    Read-only: the owner of /proc/sys may write to it without any capability. CUDA names its threads through /proc and fails
    with 304 (an error of the operating system) where it can't, so a program with a GPU may write to all but /proc/sys.
    """
    if "CUDA_VISIBLE_DEVICES" not in os.environ:
        _mount("proc", "/proc", "proc", flags | MS_RDONLY, None)
        return
    _mount("proc", "/proc", "proc", flags, None)
    _mount("/proc/sys", "/proc/sys", None, MS_BIND, None)
    _mount("none", "/proc/sys", None, flags | MS_BIND | MS_REMOUNT | MS_RDONLY, None)


def set_limits(limits: dict) -> None:
    """Limits of the kernel: a backstop behind the watchdog, which measures the whole tree."""
    cpu = int(limits["cpuSeconds"]) + 2
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, limits["tmpBytes"]),
        (resource.RLIMIT_DATA, own_data() + limits["memoryBytes"] + DATA_SLACK),
        (resource.RLIMIT_NOFILE, 1024),
    ):
        _limit(kind, value)
    if KERNEL_RELEASE >= COUNTS_BY_NAMESPACE:
        _limit(resource.RLIMIT_NPROC, limits["processes"] + PROCESS_SLACK)


@functools.cache
def own_data() -> int:
    """Bytes of data that the fork server has, and each of its children starts with. Asked first by the server itself."""
    return sizes().data


def drop_privileges() -> None:
    """Give up every capability, now and for anything executed later."""
    check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl(no_new_privs)")
    check(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0), "prctl(ambient)")
    capability = 0
    while libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0:
        capability += 1
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    check(libc.capset(header, struct.pack("6I", 0, 0, 0, 0, 0, 0)), "capset")


def die_with_parent() -> None:
    """The kernel kills this process when its parent is gone."""
    check(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "prctl(pdeathsig)")


def hide() -> None:
    """Keep other processes of this user from looking into this one, and into what it forks until that shows itself."""
    check(libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl(dumpable)")


def show() -> None:
    """A program may look into itself by /proc, and into what it starts."""
    check(libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0), "prctl(dumpable)")


def drop_user(uid: int) -> None:
    """Become an ordinary user for good; used where the outer wall was built by root."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    room = float("inf") if hard == resource.RLIM_INFINITY else hard
    value = int(min(value, room))
    # Of processor time: SIGXCPU at the first, which tells why a process died, SIGKILL at the second.
    most = int(min(value + 1, room)) if kind == resource.RLIMIT_CPU else value
    resource.setrlimit(kind, (value, most))


def _write(path: str, text: str) -> None:
    try:
        fd = os.open(path, os.O_WRONLY)
        os.write(fd, text.encode("ascii"))
    except OSError as error:
        raise WallError(f"{path}: {error.strerror}") from error
    os.close(fd)


def _mount(source: str, target: str, kind: "str | None", flags: int, options: "str | None") -> None:
    texts = [None if text is None else text.encode() for text in (source, target, kind, options)]
    result = libc.mount(texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3])
    check(result, f"mount {target}")


def _enter(namespaces: int) -> None:
    """Move this process into these, a user namespace among them."""
    uid, gid = os.getuid(), os.getgid()
    _unshare(namespaces)
    settle(uid, gid)


def _unshare(namespaces: int) -> None:
    check(libc.unshare(namespaces), "unshare (are user namespaces allowed on this host?)")


def _loopback_up() -> None:
    """Programs may talk to themselves over 127.0.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket.fileno(), SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP))
