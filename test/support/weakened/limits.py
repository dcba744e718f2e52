"""Limits that are not kept, but replaced by higher ones: enough to see that an attack goes on, not to harm the machine."""

import functools
import resource
import socket
import sys

import codec
import ledger
import serve
import supervise
import supervisor
import wall
from census import Census

ROOM = 24 << 20


def raised(*names: str, times: int = 4) -> object:
    """A weakness: these limits times as high."""

    def weaken(folder: str) -> None:
        answer = supervisor.Supervisor.answer

        def answer_generously(self: object, job: dict) -> dict:
            limits = {name: value * (times if name in names else 1) for name, value in job["limits"].items()}
            return answer(self, {**job, "limits": limits})

        supervisor.Supervisor.answer = answer_generously

    return weaken


def in_turn(*weaknesses: object) -> object:
    """Several weaknesses as one."""

    def weaken(folder: str) -> None:
        for each in weaknesses:
            each(folder)

    return weaken


def more_files(folder: str) -> None:
    """Four times as many open files."""
    limit = wall._limit
    wall._limit = lambda kind, value: limit(kind, value * (4 if kind == resource.RLIMIT_NOFILE else 1))


def uncapped_channel(folder: str) -> None:
    """All that comes over the channel is kept; little memory, so that the end is near."""
    ledger.CAP = 1 << 60
    serve_all = supervisor._serve

    def serve_with_little(*args: object) -> None:
        with open("/proc/self/statm") as statm:
            most = int(statm.read().split()[0]) * resource.getpagesize() + ROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        serve_all(*args)

    supervisor._serve = serve_with_little


def any_descriptors(folder: str) -> None:
    """Whoever sends a folder of processes is believed, whenever that is."""

    def believe(self: supervise.Supervision, sent: list) -> None:
        self.census = Census(sent[0])

    receive_by(believe)


def kept_descriptors(folder: str) -> None:
    """What a program sends is kept open."""
    receive_by(lambda self, sent: None)


def receive_by(take: object) -> None:
    """Have the supervisor take what descriptors a program sends over its channel."""
    watch_ends = supervise.Supervision._watch_ends

    def watch_and_receive(self: supervise.Supervision, started: object, inbox: int) -> None:
        def receive(_: int, size: int) -> bytes:
            data, sent, _, _ = socket.recv_fds(started.channel, size, 2)
            if sent:
                take(self, sent)
            return data

        watch_ends(self, started, inbox)
        self._acts[started.channel.fileno()] = lambda fd: self._read(fd, receive, self.candidate.add)

    supervise.Supervision._watch_ends = watch_and_receive


def deep_codec(folder: str) -> None:
    """Values may be nested as deep as they like."""
    codec.DEPTH = 1 << 30
    serve.begin = functools.partial(sys.setrecursionlimit, 1 << 30)


WEAKNESSES = {
    "more-processes": raised("processes"),
    # To fill it takes long where the machine is busy.
    "more-memory": in_turn(raised("memoryBytes", "wallSeconds"), raised("cpuSeconds", times=16)),
    "more-cpu": raised("cpuSeconds", times=8),
    "more-patience": raised("cpuSeconds", "wallSeconds"),
    "more-time": raised("wallSeconds", times=2),
    "more-output": raised("outputBytes"),
    "more-disk": raised("tmpBytes"),
    "more-files": more_files,
    "uncapped-channel": uncapped_channel,
    "any-descriptors": any_descriptors,
    "kept-descriptors": kept_descriptors,
    "deep-codec": deep_codec,
}
