"""Levels by schemes of numbering: A. under IV., 1. under A., though all are set in one type."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.numbering import clean_number

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_USUAL = ("I.", "A.", "1.", "a.", "i.", "A)", "1)", "a)", "i)", "(A)", "(1)", "(a)", "(i)")
"""Schemes from the outermost to the innermost, as most documents nest them."""
_ROMAN_LABEL = re.compile(r"^[ivxlc]{1,6}$|^[IVXLC]{1,6}$")
_PARTED = re.compile(r"^\d+(?:\.\d+)*$")
_DEEPEST = 6
_MISSED = 3
"""How far a number may be from the last of its scheme: not each entry of one is a heading."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a scheme of numbering: ("A.", 3) is C."""

    scheme: str
    value: int


def steps_of(label: str) -> list[Step]:
    """What a printed label may be: C. is the third letter or the Roman hundred; empty where it has several parts.

    Examples:
        >>> steps_of("IV."), steps_of("C."), steps_of("(2)"), steps_of("4.5")
        ([Step(scheme='I.', value=4)], [Step(scheme='A.', value=3), Step(scheme='I.', value=100)], [Step(scheme='(1)', value=2)], [])
    """  # noqa: E501  (an example is one line)
    body = label.strip("().")
    if not label or not body.isascii() or not body.isalnum():
        return []
    shape = "({})" if label.startswith("(") else "{})" if label.endswith(")") else "{}."
    if body.isdecimal():
        return [Step(shape.format("1"), int(body))]
    found: list[Step] = []
    if len(body) == 1:
        found.append(Step(shape.format("a" if body.islower() else "A"), ord(body.lower()) - 96))
    if _ROMAN_LABEL.match(body):
        found.append(Step(shape.format("i" if body.islower() else "I"), roman(body.lower())))
    return found


def roman(figures: str) -> int:
    """The value of Roman figures in small letters.

    Examples:
        >>> [roman(figures) for figures in ("i", "iv", "xii", "xl")]
        [1, 4, 12, 40]
    """
    values = [_ROMAN[figure] for figure in figures]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def nest(headings: Sequence[Draft], fixed: Mapping[int, int]) -> None:
    """Put each lettered or numbered heading below the one whose numbering it divides; levels are only ever lowered.

    Args:
        headings: in order, with levels by size, weight and outline.
        fixed: levels that the outline gives, by identity (``id``) of the draft: these stay.
    """
    above: list[_Open] = []
    parted: dict[str, int] = {}
    for heading in headings:
        level = _below_prefix(heading, parted, fixed)
        steps = steps_of(heading.label)
        if above and heading.bold and not above[-1].draft.bold:
            continue  # what is set stronger than the numbered line above it does not divide it
        if not steps:
            above = [entry for entry in above if entry.level <= level]
            continue
        new = _Open(_likeliest(steps, [entry.step for entry in above]), level, heading)
        beside = _close(above, new)
        if id(heading) not in fixed:
            new.level = max(level, beside, above[-1].level + 1 if above else 1)
        heading.level = new.level = min(new.level, _DEEPEST)
        above.append(new)


def _below_prefix(heading: Draft, parted: dict[str, int], fixed: Mapping[int, int]) -> int:
    """A heading's level, which is below 5.5's where it is 5.5.1; notes it for those that follow."""
    level = heading.level or 1
    number = clean_number(heading.label)
    if not _PARTED.match(number):
        return level
    above = parted.get(number.rpartition(".")[0], 0)
    if id(heading) not in fixed:
        level = heading.level = min(max(level, above + 1), _DEEPEST)
    parted[number] = level
    return level


@dataclass(slots=True)
class _Open:
    """A heading that later ones may divide."""

    step: Step
    level: int
    draft: Draft


def _close(above: list[_Open], new: _Open) -> int:
    """Drop what a heading does not divide; returns the level of the one beside it in its scheme, 0 where none is."""
    schemes = [entry.step.scheme for entry in above]
    if new.step.scheme in schemes:
        place = schemes.index(new.step.scheme)
        level = above[place].level
        del above[place:]
        return level if not above or _divides(new, above[-1]) else 0
    while above and not _divides(new, above[-1]):
        above.pop()
    return 0


def _likeliest(steps: Sequence[Step], above: Sequence[Step]) -> Step:
    """The reading that goes on with an open scheme, missing few, else one that begins a scheme, else the first."""
    following = [s for a in reversed(above) for s in steps if s.scheme == a.scheme and 0 < s.value - a.value <= _MISSED]
    return next(iter(following or [s for s in steps if s.value == 1] or steps))


def _divides(new: _Open, old: _Open) -> bool:
    """Whether a number stands below one that is not set smaller: the first of its scheme, or one further in."""
    if new.draft.size > 1.05 * old.draft.size:
        return False
    return new.step.value == 1 or _USUAL.index(new.step.scheme) > _USUAL.index(old.step.scheme)
