"""The grader's side of isolated grading: runs the test, with stand-ins for what the candidate defines."""

import builtins
import os
import re
import sys

from cases import plan_of
from confined import PASSED, TEXTS, TURN, WIRE
from evidence import Evidence
from fault import TEST, describe, splice
from fresh import RUNNER, begin, exit_code, flush
from frames import read_frame
from peer import Gone, Peer
from remote import GraderEnd, number_of
from sources import Test

WORD = re.compile(r"[^\W\d]\w*")


def grade(job: dict, evidence: Evidence) -> None:
    """
    Run to the end and send the closing message. Never returns. The test comes from whoever sent the job, and to this
    process alone: no process that a candidate is forked from has ever held it.
    """
    begin()
    job = {**job, "test": read_frame(TEXTS)}
    os.close(TEXTS)
    os.write(TURN, PASSED)
    os.close(TURN)
    evidence.send("plan", **plan_of(job["test"]))
    closing = _run(job, evidence)
    flush(sys.stdout)
    flush(sys.stderr)
    evidence.send("end", **closing)
    os._exit(0)


def _run(job: dict, evidence: Evidence) -> dict:
    in_test = False
    try:
        end = GraderEnd(job["entryKind"] == "class")
        end.peer = Peer(WIRE, end)
        # The candidate is not told which words the test holds: among them are the values that it expects.
        bound = end.peer.ask({"do": "load"}, [])
        words = _words(job)
        sent = end.peer.ask({"do": "names"}, [[name for name in bound if name in words]])
        # What it was not asked for does not count.
        found = {name: sent[name] for name in words.intersection(sent)}
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
        return {"end": "memory" if isinstance(error, MemoryError) else "exception", "exception": facts}


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


def _words(job: dict) -> set:
    """Names that the test may have of the candidate: those that it mentions, but none that Python itself gives it."""
    mentioned = {word for word in WORD.findall(job["test"]) if not word.startswith("__")}
    return {job["entryPoint"], *(mentioned - vars(builtins).keys())}


def _facts(error: BaseException, in_test: bool, job: dict) -> dict:
    """Of an exception that came from the candidate, what its side said of line and trace."""
    facts = describe(error, in_test, {TEST: job["test"]}, RUNNER)
    sent = getattr(error, "candidate_facts", None)
    if not isinstance(sent, dict):
        return {**facts, "phase": "test" if in_test else "candidate"}
    # The candidate may have sent anything in their place: see the ledger.
    trace = splice(str(sent.get("trace")), error, RUNNER)
    return {**facts, "line": sent.get("line"), "phase": "candidate", "trace": trace}
