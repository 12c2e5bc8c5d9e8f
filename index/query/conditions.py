"""What a condition of the query language may say, and how its values are understood."""

import difflib
import re
from collections.abc import Callable, Mapping

from extractors.entities.gazetteer import resolve_force
from extractors.errors import UsageError
from extractors.records import Decision, Role
from extractors.tagging.vocabulary import THEME_NAMES
from index.query.lexer import Mark
from index.query.tree import Condition

RANGED = ("year", "page")
NAMED = ("role", "theme", "force", "source", "investigation", "report", "decision")
FIELDS = frozenset({*RANGED, *NAMED})

_VALUE = re.compile(r'["“”]([^"“”]*)["“”]|([^"“”,]+)')
_RANGE = re.compile(r"(\d{1,6})|(\d{0,6})\.\.(\d{0,6})")


def read_condition(mark: Mark) -> Condition:
    """The condition that a field mark stands for.

    Raises:
        UsageError: its value is missing or cannot be meant; the message points at the character.
    """
    if mark.text in RANGED:
        return _ranged(mark)
    read = _READERS.get(mark.text, _as_written)
    values = [(found[1] or found[2] or "").strip() for found in _VALUE.finditer(mark.value)]
    values = [read(value, mark) for value in values if value]
    if not values:
        raise fault(
            mark.number, f"{mark.text}: needs a value", f'For instance {mark.text}:"…", in quotes where it has blanks.'
        )
    return Condition(field=mark.text, values=tuple(dict.fromkeys(values)))


def fault(at: int, what: str, mend: str) -> UsageError:
    """The error that points at a character of the query, counted from 1."""
    return UsageError(f"The query, character {at + 1}: {what}.", mend=mend)


def _ranged(mark: Mark) -> Condition:
    text = mark.value.strip('"“”')
    found = _RANGE.fullmatch(text)
    if not found or not any(found.groups()):
        mend = f"For instance {mark.text}:12 or {mark.text}:12..15."
        raise fault(mark.number, f"{mark.text}: needs a number or a range", mend)
    if found[1]:
        return Condition(field=mark.text, low=int(found[1]), high=int(found[1]))
    low, high = (int(end) if end else None for end in (found[2], found[3]))
    if low is not None and high is not None and low > high:
        raise fault(mark.number, f"the range runs backwards from {low} to {high}", f"Write {mark.text}:{high}..{low}.")
    return Condition(field=mark.text, low=low, high=high)


def _role(value: str, mark: Mark) -> str:
    named = {role.value: role.value for role in Role} | {f"{role.value}s": role.value for role in Role}
    return _one_of(value, named, mark)


def _theme(value: str, mark: Mark) -> str:
    return _one_of(value, THEME_NAMES, mark)


def _decision(value: str, mark: Mark) -> str:
    return _one_of(value.replace(" ", "-"), {decision.value: decision.value for decision in Decision}, mark)


def _one_of(value: str, named: Mapping[str, str], mark: Mark) -> str:
    known = named.get(value.lower())
    if known is not None:
        return known
    near = difflib.get_close_matches(value.lower(), named, 1)
    known_ones = ", ".join(dict.fromkeys(named.values()))
    mend = f"Did you mean {mark.text}:{named[near[0]]}?" if near else f"Known are {known_ones}."
    raise fault(mark.number, f"there is no {mark.text} named '{value[:40]}'", mend)


def _force(value: str, mark: Mark) -> str:  # noqa: ARG001 - one signature for all readers
    return canonical_force(value)


def canonical_force(name: str) -> str:
    """The gazetteer's name of a force; the name as given where the gazetteer does not know it."""
    return resolve_force(name) or name


def _as_written(value: str, mark: Mark) -> str:  # noqa: ARG001
    return value


_Reader = Callable[[str, Mark], str]
_READERS: dict[str, _Reader] = {"role": _role, "theme": _theme, "decision": _decision, "force": _force}
