"""Immutable values of Python's own types that are made of scalars alone, as typed JSON."""

import base64
import datetime
import decimal
import fractions

from arrays import to_text

# Type: (tag, parts of a value, value from its parts). Immutable, and made of scalars alone.
ATOMS = {
    complex: ("complex", lambda v: [v.real, v.imag], complex),
    bytes: ("bytes", lambda v: [to_text(v)], base64.b64decode),
    range: ("range", lambda v: [v.start, v.stop, v.step], range),
    decimal.Decimal: ("decimal", lambda v: [str(v)], decimal.Decimal),
    fractions.Fraction: ("fraction", lambda v: [v.numerator, v.denominator], fractions.Fraction),
    datetime.datetime: ("datetime", lambda v: [v.isoformat()], datetime.datetime.fromisoformat),
    datetime.date: ("date", lambda v: [v.isoformat()], datetime.date.fromisoformat),
    datetime.time: ("time", lambda v: [v.isoformat()], datetime.time.fromisoformat),
    datetime.timedelta: (
        "timedelta",
        lambda v: [v.days, v.seconds, v.microseconds],
        datetime.timedelta,
    ),
    type(Ellipsis): ("ellipsis", lambda v: [], lambda: Ellipsis),
    type(NotImplemented): ("not-implemented", lambda v: [], lambda: NotImplemented),
}
ATOM_READERS = {tag: read for tag, _, read in ATOMS.values()}
