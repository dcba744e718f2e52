"""
The end of an iterator, raised by a function that is none: `map`, `filter`, `zip` and `all` would take it for their own end, and a
test that asserts by them for a loop that is over. It becomes a failure, as in a generator (PEP 479).
"""

import builtins

# Own built-ins for this module's functions: a program that replaces Python's changes nothing here.
__builtins__ = dict(vars(builtins))
STOPS = (StopIteration, StopAsyncIteration)


def unexpected_stops(test: str) -> "tuple[type, ...]":
    """Those that a test does not name. One that does expects them, or drives a generator by hand."""
    return tuple(kind for kind in STOPS if kind.__name__ not in test)


def failure_of(stop: BaseException) -> RuntimeError:
    """What is raised in its place, where it was raised."""
    name = next(kind.__name__ for kind in STOPS if isinstance(stop, kind))
    return RuntimeError(f"function raised {name}").with_traceback(stop.__traceback__)
