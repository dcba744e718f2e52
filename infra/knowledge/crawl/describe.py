"""What is said of one object: signature, first paragraph, parameters, deprecation, and its whole docstring. Nothing that it raises gets out."""

import inspect
import re
from itertools import takewhile

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_SECTION = re.compile(r"^\s*(Parameters|Args|Arguments|Keyword args)\s*:?\s*$", re.I)
_OTHER = re.compile(r"^\s*(Returns?|Yields?|Raises|Examples?|Notes?|See Also|References|Attributes|Methods|Call arguments|Shape)\s*:?\s*$", re.I)
_PARAMETER = re.compile(r"^\s*[*`]*(\w+)[`]*(?:\s*\([^)]*\))?\s*:\s*(.*)$")
# At the margin: one that stands under a parameter is about that.
_DIRECTIVE = re.compile(r"^\.\. deprecated::\s*(.*(?:\n(?!\n).*){0,3})", re.M)
_SENTENCE = re.compile(r"([^.\n]*)\b(?:is|are|been|DEPRECATED:?)\s*deprecated\b[^.]*\.?|^\W*deprecated\b[^.]*\.?", re.I)
# Where the subject is one of these, or a keyword argument, the sentence is not about the object itself.
_PART = re.compile(r"\b(?:arguments?|parameters?|keywords?|options?|values?|behaviou?r|passing)\b|\w=", re.I)
_DOC_READ, _TEXT, _DOC, _SIGNATURE, _DEFAULT, _LINE, _PARAMETERS = 20_000, 4_000, 300, 500, 40, 90, 16


def clean(text: str, most: int) -> str:
    """One line without control characters and addresses, cut at a word."""
    line = " ".join(_ADDRESS.sub("", _CONTROL.sub(" ", text[: most * 4 + 400])).split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"


def doc_of(thing: object) -> str:
    """Its docstring from the margin, at most 20,000 characters of it; "" for none."""
    try:
        text = thing.__doc__
        if isinstance(thing, type) and any(text is getattr(base, "__doc__", None) for base in thing.__mro__[1:]):
            return ""
        return inspect.cleandoc(text[:_DOC_READ]) if type(text) is str else ""
    except BaseException:
        return ""


def prose(doc: str) -> str:
    """A docstring as it stands, at most 4,000 characters of it, without control characters and addresses."""
    lines = (_ADDRESS.sub("", _CONTROL.sub(" ", line)).rstrip() for line in doc[: 2 * _TEXT].split("\n"))
    return "\n".join(lines)[:_TEXT].strip()


def signature_of(thing: object, doc: str, name: str) -> "str | None":
    """Parameters with defaults and without annotations, as "(x, *, dim=None)"; from its docstring where Python knows none."""
    try:
        return clean(_format(inspect.signature(thing)), _SIGNATURE)
    except BaseException:
        return signature_in(doc, name)


def signature_in(doc: str, name: str) -> "str | None":
    """The signature that the first line of a docstring gives."""
    first = doc.lstrip().partition("\n\n")[0].replace("\n", " ")
    found = re.match(rf"(?:\w+\.)*{re.escape(name)}(\(.*?\))(?:\s*->.*)?(?:\s|$)", first)
    return clean(found[1], _SIGNATURE) if found else None


def _format(signature: inspect.Signature) -> str:
    parts, seen_star, last_only = [], False, False
    for parameter in signature.parameters.values():
        kind = parameter.kind
        if last_only and kind is not parameter.POSITIONAL_ONLY:
            parts.append("/")
        last_only = kind is parameter.POSITIONAL_ONLY
        if kind is parameter.KEYWORD_ONLY and not seen_star:
            parts.append("*")
        seen_star = seen_star or kind in (parameter.KEYWORD_ONLY, parameter.VAR_POSITIONAL)
        stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(kind, "")
        default = "" if parameter.default is parameter.empty else f"={_short(parameter.default)}"
        parts.append(f"{stars}{parameter.name}{default}")
    if last_only:
        parts.append("/")
    return f"({', '.join(part for part in parts if part != 'self')})"


def _short(value: object) -> str:
    try:
        text = getattr(value, "__name__", None) if callable(value) else repr(value)
    except BaseException:
        text = None
    return clean(text, _DEFAULT) if type(text) is str else "..."


def first_paragraph(doc: str, name: str) -> str:
    """The first paragraph of prose: neither a signature nor a line under a heading."""
    for paragraph in doc[:4_000].split("\n\n"):
        text = re.sub(r"^(=|-|~)+$", "", paragraph, flags=re.M).strip()
        text = re.sub(r":\w+:`~?\.?([^`]*)`", r"\1", text)
        if text and not re.match(rf"(?:\w+\.)*{re.escape(name)}\(", text) and not text.startswith(".. "):
            return clean(text, _DOC)
    return ""


def parameters_of(doc: str, signature: "str | None") -> "list[str]":
    """"name: what it is" for each parameter that the docstring tells of."""
    found, inside, lines = [], False, doc.split("\n")
    for index, line in enumerate(lines):
        if _SECTION.match(line):
            inside = True
        elif _OTHER.match(line):
            inside = False
        match = _PARAMETER.match(line) if inside else None
        if match and (signature is None or re.search(rf"\b{match[1]}\b", signature)):
            more = lines[index + 1].strip() if index + 1 < len(lines) else ""
            found.append(clean(f"{match[1]}: {match[2]} {more}".strip(), _LINE))
    return found[:_PARAMETERS]


def deprecation_of(thing: object, doc: str) -> "str | None":
    """What is said of its own end: by `warnings.deprecated`, or in its docstring. That a parameter goes is none of it."""
    try:
        told = getattr(thing, "__deprecated__", None)
    except BaseException:
        told = None
    if type(told) is str:
        return clean(told, 160)
    directive = _DIRECTIVE.search(doc[:5_000])
    opening = "\n".join(takewhile(lambda line: not _SECTION.match(line), doc[:400].split("\n")))
    sentence = _SENTENCE.search(directive[1] if directive else opening)
    if sentence and _PART.search(sentence[1] or ""):
        return None
    if directive:
        return clean(directive[1], 160)
    return clean(sentence[0].strip(" *:"), 160) or None if sentence else None


def entry(name: str, kind: str, thing: object, **more: object) -> dict:
    """The entry of an object."""
    doc = doc_of(thing) if kind != "value" else ""
    last = name.rpartition(".")[2]
    signature = signature_of(thing, doc, last) if kind in ("class", "function", "method") else None
    return from_texts(name, kind, doc, signature, deprecation_of(thing, doc) if kind != "value" else None, **more)


def from_texts(name: str, kind: str, doc: str, signature: "str | None", deprecated: "str | None", **more: object) -> dict:
    """An entry, without what is empty."""
    found = {
        "name": name,
        "kind": kind,
        "signature": signature,
        "doc": first_paragraph(doc, name.rpartition(".")[2]),
        "parameters": parameters_of(doc, signature),
        "deprecated": deprecated,
        "text": prose(doc) if kind in ("class", "function", "method") else "",
        **more,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}
