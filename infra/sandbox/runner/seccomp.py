"""A filter over system calls for what no program of a benchmark needs and an attack would start with."""

import ctypes
import errno
import platform
import struct
import typing

from wall import WallError, check, libc

# Name: (x86_64, aarch64); None where the architecture lacks the call.
REFUSED = {
    "ptrace": (101, 117),
    "syslog": (103, 116),
    "personality": (135, 92),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "mount": (165, 40),
    "umount2": (166, 39),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "iopl": (172, None),
    "ioperm": (173, None),
    "init_module": (175, 105),
    "delete_module": (176, 106),
    "quotactl": (179, 60),
    "kexec_load": (246, 104),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "unshare": (272, 97),
    "perf_event_open": (298, 241),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "setns": (308, 268),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "finit_module": (313, 273),
    "kexec_file_load": (320, 294),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "pidfd_getfd": (438, 438),
    "mount_setattr": (442, 442),
    # Memory that no process has mapped escapes the watchdog: only the sized tmpfs gives it.
    "shmget": (29, 194),
}
# Answered with "no such call", so that libraries fall back: clone3 hides its flags from a filter.
ABSENT = {"clone3": (435, 435), "memfd_create": (319, 279), "memfd_secret": (447, 447)}
FORKS = {"fork": (57, None), "vfork": (58, None)}
# What outlives a program, or reaches the process that the next one is forked from; these where their first argument is not 0, for oneself.
LEAVING = {"semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180), "setpriority": (141, 140), "ioprio_set": (251, 30)}
REACHING = {
    "prlimit64": (302, 261),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
}
CLONE = (56, 220)
CLONE_THREAD = 0x00010000
SOCKET = (41, 198)
NAMESPACE_FLAGS = 0x7E020000
UNIX = 1
# INET, INET6.
INTERNET_FAMILIES = (2, 10)
# NETLINK besides. Others, such as VSOCK, are not held by a network namespace.
NETWORK_FAMILIES = (*INTERNET_FAMILIES, 16)

ALLOW = 0x7FFF0000
KILL = 0x80000000
ASK = 0x7FC00000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
OFFSET_NUMBER, OFFSET_ARCH, OFFSET_FIRST_ARGUMENT = 0, 4, 16
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
SYS_SECCOMP = (317, 277)
SECCOMP_SET_MODE_FILTER, NEW_LISTENER = 1, 8


class Filter:
    """
    The compiled filter; built once, applied in each room and grader. With `is_grader` threads are all that it may start; of what a
    program might leave behind the supervisor is asked: see `questions.py`.
    """

    def __init__(self, is_grader: bool) -> None:
        self._is_grader = is_grader
        self._code = _assemble(column(), ARCHITECTURES[platform.machine()], is_grader)
        self._buffer = ctypes.create_string_buffer(self._code, len(self._code))
        header = struct.pack("HxxxxxxP", len(self._code) // 8, ctypes.addressof(self._buffer))
        self._program = ctypes.create_string_buffer(header, len(header))

    def apply(self) -> "int | None":
        """Lock this process and its children for good; of a room, the descriptor on which the supervisor is asked."""
        if self._is_grader:
            check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, self._program, 0, 0), "seccomp")
            return None
        listener = libc.syscall(SYS_SECCOMP[column()], SECCOMP_SET_MODE_FILTER, NEW_LISTENER, self._program)
        check(listener, "seccomp (with a listener: Linux 5.5 or newer)")
        return listener


class Filters(typing.NamedTuple):
    """The system-call filters of programs and graders."""

    program: Filter
    grader: Filter


def column() -> int:
    """Which number of a call is this machine's. Raises `WallError` on one whose calls are not known."""
    if platform.machine() not in ARCHITECTURES:
        raise WallError(f"no system-call filter for the architecture {platform.machine()}")
    return list(ARCHITECTURES).index(platform.machine())


def _refuse(code: int) -> int:
    return 0x00050000 | code


def _assemble(column: int, architecture: int, is_grader: bool) -> bytes:
    code = [
        (LOAD, 0, 0, OFFSET_ARCH),
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, OFFSET_NUMBER),
        # The x32 calls of x86_64 would go round the numbers below.
        (AT_LEAST, 0, 1, 0x40000000),
        (RETURN, 0, 0, _refuse(errno.EPERM)),
    ]
    for calls, answer in ((REFUSED, errno.EPERM), (ABSENT, errno.ENOSYS), (FORKS if is_grader else {}, errno.EPERM)):
        for numbers in calls.values():
            if numbers[column] is not None:
                code += [(EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, _refuse(answer))]
    if not is_grader:
        for numbers in LEAVING.values():
            code += [(EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, ASK)]
        for numbers in REACHING.values():
            code += [(EQUAL, 0, 4, numbers[column]), (LOAD, 0, 0, OFFSET_FIRST_ARGUMENT)]
            code += [(EQUAL, 0, 1, 0), (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ASK)]
    threads_alone = [(ANY_BIT, 1, 0, CLONE_THREAD), (RETURN, 0, 0, _refuse(errno.EPERM))] if is_grader else []
    code += [
        (EQUAL, 0, 4 + len(threads_alone), CLONE[column]),
        (LOAD, 0, 0, OFFSET_FIRST_ARGUMENT),
        (ANY_BIT, 0, 1, NAMESPACE_FLAGS),
        (RETURN, 0, 0, _refuse(errno.EPERM)),
        *threads_alone,
        (RETURN, 0, 0, ALLOW),
        (EQUAL, 0, len(NETWORK_FAMILIES) + 4, SOCKET[column]),
        (LOAD, 0, 0, OFFSET_FIRST_ARGUMENT),
        (EQUAL, len(NETWORK_FAMILIES) + 2, 0, UNIX),
    ]
    for position, family in enumerate(NETWORK_FAMILIES):
        code.append((EQUAL, len(NETWORK_FAMILIES) - position, 0, family))
    code += [
        (RETURN, 0, 0, _refuse(errno.EAFNOSUPPORT)),
        (RETURN, 0, 0, ALLOW if is_grader else ASK),
        (RETURN, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in code)
