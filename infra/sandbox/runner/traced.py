"""
Reads what a run says of the cause of its failure: of the types that a report has, cut to size, and no more than that. It is read
where it is made, where it leaves the wire and in the supervisor: parts of it come from objects of the candidate's.
"""

MOST_LINKS, MOST_FRAMES, MOST_LOCALS, CAP, VALUE_CAP = 4, 16, 12, 500, 200
# No shape has more dimensions; no line, code or size is larger.
MOST_SIZES, MOST_LINE, MOST = 8, 1 << 31, 1 << 53
PLACES = ("candidate", "test", "library")


def read_trace(sent: dict) -> dict:
    """The fields of a `ProgramException` beyond those that every report has."""
    return {
        "chain": [{"type": _text(each.get("type")), "message": _text(each.get("message"))} for each in _dicts(sent.get("chain"))[:MOST_LINKS]],
        "frames": [_frame(each) for each in _dicts(sent.get("frames"))[-MOST_FRAMES:]],
        "locals": [_local(each) for each in _dicts(sent.get("locals"))[-MOST_LOCALS:]],
        "call": _call(sent.get("call")),
    }


def read_failure(sent: object) -> "dict | None":
    """A `FailedCase` without its number."""
    if type(sent) is not dict:
        return None
    return {"call": _text(sent.get("call")), "expected": _text_or_none(sent.get("expected")), "got": _text_or_none(sent.get("got"))}


def read_line(sent: object) -> "int | None":
    """The number of a line; None for what is none."""
    return _whole(sent, MOST_LINE)


def _frame(sent: dict) -> dict:
    where = sent.get("where")
    return {
        "where": where if type(where) is str and where in PLACES else "library",
        "file": _text(sent.get("file"), VALUE_CAP),
        "line": read_line(sent.get("line")) or 0,
        "function": _text(sent.get("function"), VALUE_CAP),
        "text": _text(sent.get("text"), VALUE_CAP),
    }


def _local(sent: dict) -> dict:
    shape = sent.get("shape")
    return {
        **{name: _text(sent.get(name), VALUE_CAP) for name in ("name", "type", "value")},
        **{name: _text_or_none(sent.get(name), VALUE_CAP) for name in ("dtype", "device")},
        "shape": [_whole(size, MOST) or 0 for size in shape[:MOST_SIZES]] if type(shape) is list else None,
        "length": _whole(sent.get("length"), MOST),
    }


def _call(sent: object) -> "dict | None":
    if type(sent) is not dict:
        return None
    texts = {name: _text(sent.get(name), VALUE_CAP) for name in ("name", "library")}
    return {**texts, **{name: _text_or_none(sent.get(name)) for name in ("version", "signature")}}


def _dicts(sent: object) -> "list[dict]":
    return [each for each in sent if type(each) is dict] if type(sent) is list else []


def _text(sent: object, cap: int = CAP) -> str:
    return _text_or_none(sent, cap) or ""


def _text_or_none(sent: object, cap: int = CAP) -> "str | None":
    """Of a text with methods of its own the text alone; lone surrogates escaped."""
    if not issubclass(type(sent), str):
        return None
    return "".join([sent])[:cap].encode("utf-8", "backslashreplace").decode("utf-8")[:cap]


def _whole(sent: object, most: int) -> "int | None":
    return sent if type(sent) is int and 0 <= sent < most else None
