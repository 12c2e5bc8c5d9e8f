"""What a query may have meant otherwise: hints for what was read as plain text, each at its character."""

import difflib
import re
from collections.abc import Iterator

from extractors.entities.gazetteer import FORCES, resolve_force
from index.query.conditions import FIELDS
from index.query.lexer import marks
from index.query.parser import LONGEST_QUERY

_NAMED = re.compile(r"(?<![^\s(\-])([A-Za-z]{3,20}):(?=[^\s/])")
_LOWER = re.compile(r"(?<=\s)(and not|and|or|not)(?=\s)")
_QUOTES = re.compile('["“”]')


def hints(query: str) -> tuple[str, ...]:
    """One sentence for each part of *query* that reads like the language and was taken as words, or names nobody.

    Examples:
        >>> hints("forse:kent moped")
        ("Character 1: there is no field 'forse', so it is read as a word. Did you mean force:?",)
    """
    if len(query) > LONGEST_QUERY:
        return ()
    found = [*_fields(query), *_partners(query), *_operators(query), *_forces(query)]
    return tuple(f"Character {at + 1}: {said}" for at, said in sorted(found))


def _fields(query: str) -> Iterator[tuple[int, str]]:
    for match in _NAMED.finditer(query):
        name = match[1].lower()
        near = difflib.get_close_matches(name, FIELDS, 1, 0.7)
        if name not in FIELDS and near:
            yield (
                match.start(),
                f"there is no field '{match[1]}', so it is read as a word. Did you mean {near[0]}:?",
            )


def _partners(query: str) -> Iterator[tuple[int, str]]:
    quotes = [match.start() for match in _QUOTES.finditer(query)]
    if len(quotes) % 2:
        yield quotes[-1], "this quote has no partner and is left out."
    open_ones: list[int] = []
    for at, character in enumerate(query):
        if character == "(":
            open_ones.append(at)
        elif character == ")" and open_ones:
            open_ones.pop()
        elif character == ")":
            yield at, "this bracket has no partner and is left out."
    if open_ones:
        yield open_ones[0], "this bracket has no partner; what follows is taken to the end."


def _operators(query: str) -> Iterator[tuple[int, str]]:
    for match in _LOWER.finditer(query):
        if match[1] in {"or", "not", "and not"}:
            yield match.start(), f"'{match[1]}' is read as a word; as an operator it is written {match[1].upper()}."


def _forces(query: str) -> Iterator[tuple[int, str]]:
    """Forces that the gazetteer does not know: legal, since an import may name its own, but worth a word."""
    for mark in marks(query, FIELDS):
        name = mark.value.strip('"“”')
        if mark.kind != "field" or mark.text != "force" or "," in name or resolve_force(name):
            continue
        named = {known.lower(): known for force in FORCES for known in force.names()}
        near = difflib.get_close_matches(name.lower(), named, 1, 0.75)
        hint = f' Did you mean force:"{named[near[0]]}"?' if near else ""
        yield mark.number, f"the gazetteer knows no force of this name, so it is sought as written.{hint}"
