"""Walls with a gap. Each changes the runner's modules in place; what is missing of the outer wall, `bwrap.py` takes away."""

import os
import resource
import signal
import types

import confined
import main
import supervise
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
    wall.CLONE_NEWNET = 0
    wall._loopback_up = nothing


def leaky_descriptors(folder: str) -> None:
    """Programs inherit what their supervisor had open."""
    confined.os = with_changes(os, closerange=nothing)


def no_inner_wall(folder: str) -> None:
    """Programs share all with each other and with their supervisors, behind the outer wall."""
    run_without_walls(open_work)
    kill_at_end()


def unkilled(folder: str) -> None:
    """As without an inner wall, and what still runs at a program's end goes on."""
    run_without_walls(open_work)
    supervise.os = with_changes(os, wait4=lambda pid, _: os.wait4(pid, os.WNOHANG))


def half_dropped_user(folder: str) -> None:
    """Root that may become root again."""
    wall.drop_user = os.seteuid
    run_without_walls(open_work)
    kill_at_end()


def devices(folder: str) -> None:
    """Root that may make devices."""
    run_without_walls(open_work)
    kill_at_end()


def capable(folder: str) -> None:
    """Root with its powers, from whom a mount hides what it must not see."""

    def hide(limits: dict, seccomp: object) -> None:
        wall.check(wall.libc.unshare(wall.CLONE_NEWNS), "unshare")
        wall._mount("tmpfs", folder, "tmpfs", 0, None)
        open_work(limits, seccomp)

    run_without_walls(hide)
    kill_at_end()


def chroot_jail(folder: str) -> None:
    """Root with its powers, held by another root alone."""

    def jail(limits: dict, seccomp: object) -> None:
        os.makedirs("/tmp/jail", exist_ok=True)
        os.chroot("/tmp/jail")
        os.chdir("/")

    run_without_walls(jail)
    kill_at_end()


def one_interpreter(folder: str) -> None:
    """The server runs programs itself as well, as one that imports them would."""
    read, serve = supervise.read_frame, main._serve
    # What recurses without end ends here, and not the machine.
    resource.setrlimit(resource.RLIMIT_AS, (SERVER_BYTES, SERVER_BYTES))

    def run_and_serve(job: dict, filters: object, inbox: int, outbox: int) -> bytes:
        kept = [read(inbox)]
        names = {"__name__": "candidate", "kept": kept[0]}
        exec(kept[0], names)
        try:
            names["f"](1)
        except OSError:
            pass
        supervise.read_frame = lambda fd: kept.pop() if kept else read(fd)
        return serve(job, filters, inbox, outbox)

    main._serve = run_and_serve


def open_work(limits: dict, seccomp: object) -> None:
    os.setsid()
    os.makedirs(wall.WORK, exist_ok=True)
    os.chdir(wall.WORK)


def run_without_walls(build: object) -> None:
    # Where root has become a user, it takes this to be traced at all.
    wall.enter_namespaces = lambda: wall.check(wall.libc.prctl(wall.PR_SET_DUMPABLE, 1, 0, 0, 0), "prctl")
    supervise.build_program_walls = build


def kill_at_end() -> None:
    """Of the program alone: no namespace ends what it has started."""
    start, watch = supervise.Supervision._start_program, supervise.Supervision._watch

    def start_known(self: object, *args: object) -> int:
        self.program = start(self, *args)
        return self.program

    def watch_and_kill(self: object) -> None:
        watch(self)
        os.kill(self.program, signal.SIGKILL)

    supervise.Supervision._start_program = start_known
    supervise.Supervision._watch = watch_and_kill


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
