"""Ways to grade that a wrong program can fool, as other harnesses have them. Each changes the runner's modules in place."""

import base64
import builtins
import json
import os
import pickle
import subprocess
import sys
import types

import audit
import codec
import columns
import evidence
import failure
import grade
import instrument
import isolated
import keeper
import ledger
import records
import sources
import stand_ins
import supervise
import talks
import units

PASSED = {
    "endOfRun": "ok",
    "exitCode": None,
    "exception": None,
    "cases": ["passed"],
    "asserts": 1,
    "entered": True,
    "closed": True,
    "tampered": None,
}


def exit_code(folder: str) -> None:
    """Program and test as one file; exit code 0 is a pass."""
    grade_by(lambda program, test: run_file(f"{program}\n{test}", {}))
    report_by(lambda report, status: os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0)


def second_interpreter(folder: str) -> None:
    """Program and test once more in the folder where the program has run, which Python imports from; `conftest` as pytest does."""

    def run(program: str, test: str) -> None:
        subprocess.run([sys.executable, "-c", program])
        conftest = "try:\n    import conftest\nexcept ImportError:\n    pass"
        run_file(f"{conftest}\n{program}\n{test}", {"PYTHONPATH": os.getcwd()})

    exit_code(folder)
    grade_by(run)


def printed_verdict(folder: str) -> None:
    """What is printed decides."""
    report_by(lambda report, status: "Testing finished." in report["stdout"]["text"])


def no_nonce(folder: str) -> None:
    """Any message on the channel is believed."""
    parse = ledger._parse
    ledger._parse = lambda line: parse(line) and {**parse(line), "nonce": Anything()}


def credulous_ledger(folder: str) -> None:
    """Messages with the nonce are taken to make sense."""
    ledger.Ledger._take_or_suspect = ledger.Ledger._take


def any_process(folder: str) -> None:
    """Evidence counts from whatever a program forks."""
    evidence.os = types.SimpleNamespace(getpid=lambda: 1, write=os.write)


def one_process(folder: str) -> None:
    """One process without a seal, a watch over it, or anything of its own."""
    audit.watch = lambda send: None
    grade._prepare = lambda prepared, _: prepared
    grade._run_test = run_test
    grade._names = lambda candidate, job, evidence: {
        **vars(candidate),
        job["entryPoint"]: evidence.watch(getattr(candidate, job["entryPoint"]), ()),
    }
    units.listen = units.run_unclaimed = lambda *args: None
    evidence._encode = lambda message, _: [json.dumps(message)]
    evidence.Evidence.on_entry = lambda self: report_entry(self.send)


def shared_path(folder: str) -> None:
    """As one process, and imports look first where a program may write."""
    one_process(folder)
    begin = grade.begin

    def look_here() -> None:
        begin()
        sys.path.insert(0, os.getcwd())
        sys.modules.pop("statistics", None)

    grade.begin = look_here


def test_on_disk(folder: str) -> None:
    """The test lies beside the program."""
    run = grade._run

    def write_and_run(job: dict, evidence: object) -> dict:
        with open("test.py", "w") as file:
            file.write(job["test"]["source"])
        return run(job, evidence)

    grade._run = write_and_run


def begun_assertions(folder: str) -> None:
    """An assertion counts when it begins."""

    def visit(self: object, node: object) -> list:
        return [self._counted(node), node]

    instrument._Instrument.visit_Assert = visit


def lenient_units(folder: str) -> None:
    """A test that was skipped or failed is one that was run."""
    units.HEARD.update(addSkip="passed", addFailure="passed", addError="passed")


def pickled_wire(folder: str) -> None:
    """Objects of a candidate's cross as pickles."""
    encode, decode = codec.Encoder._encode, codec.Decoder.decode

    def encode_any(self: object, value: object, kind: type) -> object:
        if kind.__module__ != "candidate" or isinstance(value, type):
            return encode(self, value, kind)
        return ["pickle", base64.b64encode(pickle.dumps(value)).decode()]

    def decode_any(self: object, node: object) -> object:
        is_pickle = type(node) is list and node and node[0] == "pickle"
        return pickle.loads(base64.b64decode(node[1])) if is_pickle else decode(self, node)

    codec.Encoder._encode, codec.Decoder.decode = encode_any, decode_any


def asked_objects(folder: str) -> None:
    """Libraries may ask what comes from a candidate to speak for itself."""
    for module in (columns, records, stand_ins):
        module.is_protocol = lambda name: False


def believed_wire(folder: str) -> None:
    """The grader takes its candidate's word for the end."""
    sort, run = talks.Talks._sort, isolated._run

    def run_and_tell(job: dict, evidence: object, end: object) -> dict:
        def believe(self: object, message: dict) -> None:
            if message.get("kind") == "end":
                evidence.count(None)
                evidence.send("entered")
                evidence.send("end", end="ok")
            sort(self, message)

        talks.Talks._sort = believe
        return run(job, evidence, end)

    isolated._run = run_and_tell


def asked_values(folder: str) -> None:
    """One process without a watch over it, in which what a test has handed over is asked to describe itself."""
    one_process(folder)
    failure.show = lambda value, room=None: repr(value)


def unread_trace(folder: str) -> None:
    """The grader hands on what its candidate says of its exception, whatever that is."""
    isolated.read_line = lambda sent: sent
    isolated.read_trace = lambda sent: sent


class Anything(str):
    """Equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


def run_file(text: str, environment: dict) -> None:
    os.execve(sys.executable, ["python", "-c", text], {**os.environ, **environment})


def grade_by(run: object) -> None:
    """Have the program's process call `run(program, test)`, which does not return."""

    keeper.grade = lambda job, evidence: run(job["program"], job["test"]["source"])


def report_by(is_pass: object) -> None:
    report_of = supervise.Supervision._report

    def report(self: object, ended: dict, *rest: object) -> dict:
        found = report_of(self, ended, *rest)
        return {**found, **PASSED} if is_pass(found, ended["status"]) else found

    supervise.Supervision._report = report


def run_test(prepared: dict, names: dict, evidence: object) -> None:
    # Compiled when the program has run, as it would be without anybody to do so elsewhere.
    test = sources.Test({**prepared, "code": None}, evidence)
    test._builtins = vars(builtins)
    test.run(names)


def report_entry(send: object) -> object:
    return lambda: send("entered")


WEAKNESSES = {
    "exit-code": exit_code,
    "second-interpreter": second_interpreter,
    "printed-verdict": printed_verdict,
    "no-nonce": no_nonce,
    "credulous-ledger": credulous_ledger,
    "any-process": any_process,
    "one-process": one_process,
    "shared-path": shared_path,
    "test-on-disk": test_on_disk,
    "begun-assertions": begun_assertions,
    "lenient-units": lenient_units,
    "pickled-wire": pickled_wire,
    "asked-objects": asked_objects,
    "believed-wire": believed_wire,
    "asked-values": asked_values,
    "unread-trace": unread_trace,
}
