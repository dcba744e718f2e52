"""Walls with a gap. Each changes the runner's modules in place; what is missing of the outer wall, `bwrap.py` takes away."""

import fcntl
import marshal
import os
import resource
import signal
import socket
import types

import confined
import forks
import keeper
import launch
import supervisor
import wall

SERVER_BYTES = 512 << 20


def nothing(*args: object, **kwargs: object) -> None:
    """Stands for a wall that is not made."""


def host_folder(folder: str) -> None:
    """The outer wall shows a folder of the host's."""


def host_environment(folder: str) -> None:
    """The outer wall hands on an environment."""


def host_network(folder: str) -> None:
    """No network namespaces."""
    wall.enter_network = wall.renew_network = nothing


def leaky_descriptors(folder: str) -> None:
    """Programs inherit what their server has open, out of the way of what they are given."""
    start = supervisor.start

    def keep_and_start(*pipes: int) -> object:
        for fd in pipes:
            fcntl.fcntl(fd, fcntl.F_DUPFD, 100)
        return start(*pipes)

    supervisor.start = keep_and_start
    confined.os = with_changes(os, closerange=nothing)


def no_inner_wall(folder: str) -> None:
    """Programs share all with each other and with their server, behind the outer wall."""
    run_without_walls(open_work)


def unkilled(folder: str) -> None:
    """As without an inner wall, and what still runs at a program's end goes on."""
    run_without_walls(open_work)
    keeper._clear = look_only


def half_dropped_user(folder: str) -> None:
    """Root that may become root again."""
    wall.drop_user = os.seteuid
    run_without_walls(open_work)


def devices(folder: str) -> None:
    """Root that may make devices."""
    run_without_walls(open_work)


def capable(folder: str) -> None:
    """Root with its powers, from whom a mount hides what it must not see."""

    def hide(limits: dict, seccomp: object) -> None:
        wall.check(wall.libc.unshare(wall.CLONE_NEWNS), "unshare")
        wall._mount("tmpfs", folder, "tmpfs", 0, None)
        open_work(limits, seccomp)

    run_without_walls(hide)


def chroot_jail(folder: str) -> None:
    """Root with its powers, held by another root alone."""

    def jail(limits: dict, seccomp: object) -> None:
        os.makedirs("/tmp/jail", exist_ok=True)
        os.chroot("/tmp/jail")
        os.chdir("/")

    run_without_walls(jail)


def one_interpreter(folder: str) -> None:
    """The process that programs are forked from runs them itself as well, as one that imports them would."""
    fork = keeper.fork_plain
    # What recurses without end ends here, and not the machine.
    resource.setrlimit(resource.RLIMIT_AS, (SERVER_BYTES, SERVER_BYTES))

    def run_and_fork() -> int:
        program = peek(confined.CHANNEL)["program"]
        names = {"__name__": "candidate", "kept": program}
        exec(program, names)
        try:
            names["f"](1)
        except OSError:
            pass
        return fork()

    keeper.fork_plain = run_and_fork


def peek(channel: int) -> dict:
    """What a process is about to read."""
    with socket.socket(fileno=os.dup(channel)) as end:
        how = socket.MSG_PEEK | socket.MSG_WAITALL
        size = int.from_bytes(end.recv(4, how), "big")
        return marshal.loads(end.recv(4 + size, how)[4:])


def open_work(limits: dict, seccomp: object) -> None:
    os.makedirs(wall.WORK, exist_ok=True)
    os.chdir(wall.WORK)


def run_without_walls(build: object) -> None:
    """Programs share one room, which is none; at its end each is killed, but not what it has started."""

    def build_and_hand(limits: dict, seccomp: object, ids: tuple) -> list:
        handed = [os.open("/runner", os.O_RDONLY), os.eventfd(0)]
        build(limits, seccomp)
        return handed

    launch.fork_apart = forks.fork
    wall.enter_network = wall.renew_network = nothing
    keeper.build_room_walls = build_and_hand
    keeper._look = tuple
    keeper._clear = kill_only
    # Where root has become a user, it takes this to be traced at all.
    wall.hide = wall.show


def kill_only(program: int) -> dict:
    """How a program ended, where nothing else is ended."""
    os.kill(program, signal.SIGKILL)
    return told(os.wait4(program, 0))


def look_only(program: int) -> dict:
    """What is told of a run's end where nothing is ended."""
    return told(os.wait4(program, os.WNOHANG))


def told(ended: tuple) -> dict:
    _, status, usage = ended
    return {"status": status, "cpuSeconds": usage.ru_utime + usage.ru_stime, "peakBytes": usage.ru_maxrss * 1024}


def with_changes(module: types.ModuleType, **changes: object) -> types.SimpleNamespace:
    return types.SimpleNamespace(**{**vars(module), **changes})


WEAKNESSES = {
    "host-folder": host_folder,
    "host-environment": host_environment,
    "host-network": host_network,
    "leaky-descriptors": leaky_descriptors,
    "no-inner-wall": no_inner_wall,
    "unkilled": unkilled,
    "half-dropped-user": half_dropped_user,
    "devices": devices,
    "capable": capable,
    "chroot-jail": chroot_jail,
    "one-interpreter": one_interpreter,
}
