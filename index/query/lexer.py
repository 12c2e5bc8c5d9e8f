"""A query string becomes marks, each with the place where it stands. Nothing here can fail."""

import re
from collections.abc import Iterator
from typing import NamedTuple

OPERATORS = {"AND", "OR", "NOT"}

_QUOTED = re.compile(r'["“”]([^"“”]*)["“”](?:~(\d{1,4}))?')
_FIELD = re.compile(r"([A-Za-z]+):(?=[^\s/])")
_VALUES = re.compile(r'(?:["“”][^"“”]*["“”]|[^\s"“”,()]+)(?:,(?:["“”][^"“”]*["“”]|[^\s"“”,()]+))*')
_CHUNK = re.compile(r'[^\s"“”]+')


class Mark(NamedTuple):
    """One piece of a query: an operator, bracket, phrase, field or chunk of free text."""

    kind: str
    text: str
    at: int
    number: int = 0
    value: str = ""


def marks(query: str, fields: frozenset[str]) -> Iterator[Mark]:
    """The pieces of *query*; a name in *fields* before a colon opens a condition."""
    at, depth = 0, 0
    while at < len(query):
        mark, at = _next(query, at, depth, fields)
        if mark is None:
            continue
        depth += {"(": 1, ")": -1}.get(mark.kind, 0)
        yield mark


def _next(query: str, at: int, depth: int, fields: frozenset[str]) -> tuple[Mark | None, int]:
    """The mark at *at*, or none, and where the next begins."""
    character = query[at]
    opens = at == 0 or query[at - 1].isspace() or query[at - 1] in "(-"
    alone = at == 0 or query[at - 1] != "-"
    if character == "(" and opens:
        return Mark("(", "(", at), at + 1
    if character == ")":
        return (Mark(")", ")", at) if depth else None), at + 1
    after = query[at + 1 : at + 2]
    if character == "-" and opens and alone and after.strip(" -") and not after.isspace():
        return Mark("NOT", "-", at), at + 1
    if quoted := _QUOTED.match(query, at):
        return Mark("phrase", quoted[1], at, int(quoted[2] or 0)), quoted.end()
    if opens and (field := _FIELD.match(query, at)) and field[1].lower() in fields:
        value = _VALUES.match(query, field.end())
        text = value[0] if value else ""
        return Mark("field", field[1].lower(), at, field.end(), text), field.end() + len(text)
    return _chunk(query, at, depth)


def _chunk(query: str, at: int, depth: int) -> tuple[Mark | None, int]:
    """Free text up to a blank, a quote, or the bracket that closes a group."""
    found = _CHUNK.match(query, at)
    if found is None:  # white space, or a quote without a partner
        return None, at + 1
    text, inner = found[0], 0
    for place, character in enumerate(text):
        inner += (character == "(") - (character == ")")
        if inner < 0 and depth:
            text = text[:place]
            break
        inner = max(inner, 0)
    kind = text if text in OPERATORS else "chunk"
    return Mark(kind, text, at), at + len(text)
