"""Hears what each test of a test's `unittest` classes comes to, whoever runs it, and runs the classes that nobody does."""

import types
import typing

# Worst last.
SEVERITY = ("not-run", "passed", "failed", "error")
HEARD = {
    "startTest": None,
    "addSuccess": "passed",
    "addSkip": "not-run",
    "addExpectedFailure": "passed",
    "addFailure": "failed",
    "addUnexpectedSuccess": "failed",
    "addError": "error",
    "addSubTest": "failed",
    "stopTest": None,
}


class Heard:
    """Classes whose tests were run, and the first exception of a test."""

    def __init__(self) -> None:
        self.classes: "set[type]" = set()
        self.error: "BaseException | None" = None


def listen(unittest: types.ModuleType, send: object) -> Heard:
    """Have every result of this copy of unittest tell `send` of the tests that it takes note of."""
    heard = Heard()
    events = _events(heard, send)
    next(events)
    for name in HEARD:
        setattr(unittest.TestResult, name, _telling(getattr(unittest.TestResult, name), name, events.send))
    unittest.TestCase.debug = _telling(unittest.TestCase.debug, "debug", events.send)
    return heard


def run_unclaimed(unittest: types.ModuleType, names: dict, heard: Heard, send: object) -> None:
    """Run the test's classes if it has left that to its runner; raises the first exception of one of their tests."""
    classes = {value: None for value in names.values() if _is_test_class(unittest, value)}
    if not classes or not heard.classes.isdisjoint(classes):
        return
    load = unittest.TestLoader().loadTestsFromTestCase
    suite = unittest.TestSuite(load(each) for each in classes)
    send("units", total=suite.countTestCases())
    suite.run(unittest.TestResult())
    if heard.error is not None:
        raise heard.error


def _is_test_class(unittest: types.ModuleType, value: object) -> bool:
    return isinstance(value, type) and issubclass(value, unittest.TestCase) and value.__module__ == "__main__"


def _telling(method: object, name: str, tell: object) -> object:
    def told(self: object, *args: object) -> object:
        test = args[0] if args else self
        # What a candidate runs for itself is its own affair.
        if type(test).__module__ != "candidate":
            tell((name, test, args[1:]))
        return method(self, *args)

    return told


def _events(heard: Heard, send: object) -> "typing.Generator[None, tuple, None]":
    """
    A generator, since what it holds can't be had from the functions that it is fed by. A test that nothing was said of has
    not run; what fails between tests, as `setUpClass` may, is a case of its own.
    """
    status = None
    while True:
        name, test, details = yield
        heard.classes.add(type(test))
        if name == "startTest":
            status = SEVERITY[0]
        elif name == "stopTest":
            send("unit", status=status or SEVERITY[0])
            status = None
        elif name in HEARD:
            said = _outcome(name, test, details)
            error = details[-1] if said in ("failed", "error") and details else None
            heard.error = heard.error or (error and error[1])
            if status is None:
                send("unit", status=said)
            else:
                status = max(status, said, key=SEVERITY.index)


def _outcome(name: str, test: object, details: tuple) -> str:
    if name != "addSubTest":
        return HEARD[name]
    error = details[1]
    if error is None:
        return "passed"
    return "failed" if issubclass(error[0], test.failureException) else "error"
