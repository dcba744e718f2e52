"""The grader's side of isolated grading: runs the test, with stand-ins for what the candidate defines."""

import functools
import marshal
import os
import resource
import socket
import sys

from confined import CHANNEL, WIRE
from evidence import Evidence
from failure import failed_case
from fault import TEST, describe, splice
from frames import read_body
from fresh import RUNNER, begin, exit_code, flush
from peer import Peer
from remote import GraderEnd
from settings import Settings
from sources import Test
from traced import read_line, read_trace
from stand_ins import number_of
from talks import Gone

# Events of Python's audit hooks; to a path connects what stays on the machine.
NETWORK_EVENTS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect")


# What a grader may have used of its own limits, and grown by, to go on: processor seconds, bytes.
USED_SECONDS, GROWN_BYTES = 1.0, 16 << 20


def grade(job: dict, evidence: Evidence) -> None:
    """
    Run a test to its end and send the closing message; then the next, if nothing of the last is left here. Never returns. Tests
    come from the supervisor, and to this process alone: no process that a candidate is forked from has ever held one.
    """
    settings = Settings()
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, CHANNEL)
    tell = [evidence]
    _watch_network(tell)
    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    while True:
        begin()
        settings.listen(job["test"]["imports"])
        end = GraderEnd(job["test"]["source"], job["entryKind"] == "class", settings)
        closing = _run(job, evidence, end)
        flush(sys.stdout)
        flush(sys.stderr)
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = used.ru_utime + used.ru_stime
        is_fresh = seconds < USED_SECONDS and (used.ru_maxrss - began) * 1024 < GROWN_BYTES
        evidence.send("end", **closing, goesOn=is_fresh and _leaves_nothing(job, closing, end), cpuMs=round(seconds * 1000))
        # The wire stays open until the supervisor has taken stock: a candidate that lost it would end, with all it has started.
        job = _next_job(channel)
        evidence = tell[0] = Evidence(CHANNEL, job["nonce"])
        evidence.send("up")


def _leaves_nothing(job: dict, closing: dict, end: GraderEnd) -> bool:
    """Whether nothing of the run is left here: a test that leaves nothing, and of its candidate nothing but plain values."""
    return job["isPlain"] and closing["end"] in ("ok", "exception") and end.is_plain


def _next_job(channel: socket.socket) -> dict:
    """Wait for it, with the streams and the wire of its run. Ends this process with the supervisor."""
    said, ends, _, _ = socket.recv_fds(channel, 1, 3)
    if not said:
        os._exit(0)
    for target, fd in zip((1, 2, WIRE), ends):
        os.dup2(fd, target, inheritable=False)
        os.close(fd)
    return marshal.loads(read_body(CHANNEL))


def _watch_network(tell: "list[Evidence]") -> None:
    """Report, once, that a test asks for a network. A program is seen by its system calls: a grader's are not watched."""
    is_told = False

    def hook(event: str, args: tuple) -> None:
        nonlocal is_told
        if is_told or event not in NETWORK_EVENTS or event == "socket.connect" and not isinstance(args[1], tuple):
            return
        is_told = True
        tell[0].send("network")

    sys.addaudithook(hook)


def _run(job: dict, evidence: Evidence, end: GraderEnd) -> dict:
    in_test = False
    try:
        end.peer = Peer(WIRE, end)
        found = _load(job, end.peer)
        in_test = True
        evidence.send("test")
        Test(job["test"], evidence).run(_names_for(job, found, end, evidence))
        # Not even a test that catches everything outlives its candidate.
        return {"end": "gone" if end.peer.is_gone else "ok"}
    except Gone:
        # The candidate's process ended, or cut the wire: its exit status tells.
        return {"end": "gone"}
    except SystemExit as error:
        return {"end": "exit", "code": exit_code(error.code)}
    except BaseException as error:
        facts = _facts(error, in_test, job)
        if in_test:
            evidence.observe_text(facts["message"])
        failure = failed_case(error, job["test"]["source"])
        return {"end": "memory" if isinstance(error, MemoryError) else "exception", "exception": facts, "failure": failure}


def _load(job: dict, peer: Peer) -> dict:
    """
    Have the candidate run; of the names that it binds, those that the test may have. It is not told which words the test
    holds: among them are the values that it expects.
    """
    entry_point = job["entryPoint"]
    bound, entry = peer.ask({"do": "load"}, [])
    found = {entry_point: entry} if entry_point in bound else {}
    wanted = job["test"]["words"].intersection(bound) - {entry_point}
    # What it was not asked for does not count.
    sent = peer.ask({"do": "names"}, [sorted(wanted)]) if wanted else {}
    return {**found, **{name: sent[name] for name in wanted.intersection(sent)}}


def _names_for(job: dict, found: dict, end: GraderEnd, evidence: Evidence) -> dict:
    """What the test finds. Of one name the task's own definition stands before the candidate's."""
    entry_point = job["entryPoint"]
    names = {"__name__": "__main__", **found}
    end.on_refuted = functools.partial(evidence.send, "refuted")
    exec(compile(job["prelude"], "prompt.py", "exec", dont_inherit=True), names)
    # Where the candidate has none, the test meets a name that is not defined, as in one process.
    names.pop(entry_point, None)
    if entry_point in found:
        names[entry_point] = found[entry_point]
        end.entry = number_of(found[entry_point])
        end.on_entry = evidence.on_entry()
    return names


def _facts(error: BaseException, in_test: bool, job: dict) -> dict:
    """Of an exception that came from the candidate, what its side said of line and trace."""
    facts = describe(error, in_test, {TEST: job["test"]["source"]}, RUNNER)
    sent = getattr(error, "candidate_facts", None)
    if not isinstance(sent, dict):
        return {**facts, "phase": "test" if in_test else "candidate"}
    # The candidate may have sent anything in their place, of any size.
    trace = splice(str(sent.get("trace")), error, RUNNER)
    theirs = read_trace(sent)
    frames = [*facts["frames"], *theirs["frames"]]
    return {**facts, **theirs, "line": read_line(sent.get("line")), "frames": frames, "phase": "candidate", "trace": trace}
