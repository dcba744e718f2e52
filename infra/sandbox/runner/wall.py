"""The inner wall: namespaces, a private file system, limits and lost privileges for one program."""

import ctypes
import fcntl
import os
import platform
import resource
import signal
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWUTS = 0x20000000, 0x40000000, 0x04000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND = 1, 2, 4, 8, 4096
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


class WallError(Exception):
    """A wall could not be made: no program may run."""


def check(result: int, what: str) -> None:
    """Raise with the call's name when it answered -1."""
    if result == -1:
        raise WallError(f"{what}: {os.strerror(ctypes.get_errno())}")


def enter_namespaces(with_pids: bool = True) -> None:
    """Move this process into namespaces of its own; its next children live in a new pid namespace, if asked for."""
    uid, gid = os.getuid(), os.getgid()
    # A process that changed its user can't write its own id maps while it is not dumpable.
    check(libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0), "prctl(dumpable)")
    flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWUTS
    check(libc.unshare(flags | CLONE_NEWPID if with_pids else flags), "unshare (are user namespaces allowed on this host?)")
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{INNER_ID} {uid} 1")
    _write("/proc/self/gid_map", f"{INNER_ID} {gid} 1")
    _loopback_up()


def spawn_init() -> int:
    """
    Start PID 1 of the new namespace: when it is killed, the kernel kills everything in there. It is a program of
    its own, since a copy of this interpreter would cost more, and a benchmark's program must not be PID 1: that one
    ignores signals it has no handler for. It never waits, so the times of orphans are kept until the end.
    """
    null = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1, 2)]
    return os.posix_spawn("/bin/sleep", ["sleep", "infinity"], {}, file_actions=null)


def mount_private(tmp_bytes: int, with_proc: bool = True) -> None:
    """A fresh /proc, in a pid namespace of one's own, and a sized /tmp (with /dev/shm in it); nothing else can be written to."""
    _write("/proc/self/oom_score_adj", "1000")
    safe = MS_NOSUID | MS_NODEV
    if with_proc:
        # Read-only: the owner of /proc/sys may write to it without any capability.
        _mount("proc", "/proc", "proc", safe | MS_NOEXEC | MS_RDONLY, None)
    inodes = max(1024, tmp_bytes // 4096)
    _mount("tmpfs", "/tmp", "tmpfs", safe, f"size={tmp_bytes},nr_inodes={inodes},mode=1777")
    os.mkdir(WORK)
    os.mkdir("/tmp/shm")
    _mount("/tmp/shm", "/dev/shm", None, MS_BIND, None)
    os.chdir(WORK)


def set_limits(limits: dict) -> None:
    """Limits of the kernel: a backstop behind the watchdog, which measures the whole tree."""
    cpu = int(limits["cpuSeconds"]) + 2
    with open("/proc/self/statm", "rb", 0) as statm:
        data = int(statm.read().split()[5]) * resource.getpagesize()
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, limits["tmpBytes"]),
        (resource.RLIMIT_DATA, data + limits["memoryBytes"] + DATA_SLACK),
        (resource.RLIMIT_NOFILE, 1024),
    ):
        _limit(kind, value)
    if _kernel_release() >= COUNTS_BY_NAMESPACE:
        _limit(resource.RLIMIT_NPROC, limits["processes"] + PROCESS_SLACK)


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


def drop_user(uid: int) -> None:
    """Become an ordinary user for good; used where the outer wall was built by root."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _kernel_release() -> tuple:
    return tuple(int(part) for part in platform.release().split("-")[0].split(".")[:2])


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


def _loopback_up() -> None:
    """Programs may talk to themselves over 127.0.0.1: the namespace holds nothing else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket.fileno(), SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP))
