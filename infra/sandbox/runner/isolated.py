"""The grader's side of isolated grading: runs the test, with stand-ins for what the candidate defines."""

import signal
import sys

from confined import WIRE
from evidence import Evidence
from failure import failed_case
from fault import TEST, describe, splice
from fresh import RUNNER, begin, exit_code, flush
from peer import Gone, Peer
from remote import GraderEnd
from sources import Test
from traced import read_line, read_trace
from stand_ins import number_of

# Events of Python's audit hooks; to a path connects what stays on the machine.
NETWORK_EVENTS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect")


def grade(job: dict, evidence: Evidence) -> None:
    """
    Run to the end and send the closing message. Never returns. The test came from the supervisor, and to this process alone:
    no process that a candidate is forked from has ever held it.
    """
    begin()
    _watch_network(evidence)
    closing = _run(job, evidence)
    flush(sys.stdout)
    flush(sys.stderr)
    evidence.send("end", **closing)
    # The wire stays open until the supervisor has taken stock: a candidate that lost it would end, with all it has started.
    while True:
        signal.pause()


def _watch_network(evidence: Evidence) -> None:
    """Report, once, that a test asks for a network. A program is seen by its system calls: a grader's are not watched."""
    is_told = False

    def hook(event: str, args: tuple) -> None:
        nonlocal is_told
        if is_told or event not in NETWORK_EVENTS or event == "socket.connect" and not isinstance(args[1], tuple):
            return
        is_told = True
        evidence.send("network")

    sys.addaudithook(hook)


def _run(job: dict, evidence: Evidence) -> dict:
    in_test = False
    try:
        end = GraderEnd(job["entryKind"] == "class", job["test"]["imports"])
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
