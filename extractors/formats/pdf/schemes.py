"""Schemes of numbering: what a printed label may count, and which scheme most documents put below which."""

import re
from dataclasses import dataclass

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
SCHEMES = ("I.", "A.", "1.", "a.", "i.", "A)", "1)", "a)", "i)", "(A)", "(1)", "(a)", "(i)")
"""Schemes from the outermost to the innermost, as most documents nest them."""
_ROMAN_LABEL = re.compile(r"^[ivxlc]{1,6}$|^[IVXLC]{1,6}$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTED = re.compile(r"[A-Za-z]{0,3}\d+(?:(?:[./–-]|\s[-–]\s)\d+)+(?=[\s,:.)]|$)")
_LETTERED = re.compile(r"(\d{1,3})([a-z])[.)]")
_NAMED = re.compile(
    r"(chapter|part|annexe?|appendix|attachment|schedule|volume|section|module)\s+[“\"']?(\d{1,3}|[A-Z]|[IVXLC]+)\b",
    re.IGNORECASE,
)
APPENDED = ("appendix", "annex", "annexe", "attachment", "schedule")
"""What stands behind the text, side by side."""
_SIGNS = re.compile(r"\s?[/–-]\s?")


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


def comes_next(before: str, label: str) -> bool:
    """Whether one printed label is the next after another in a scheme that both may be of.

    Examples:
        >>> [comes_next(*pair) for pair in (("h.", "i."), ("iii.", "iv."), ("1.", "2)"), ("A.", "C."))]
        [True, True, False, False]
    """
    new = steps_of(label)
    return any(Step(step.scheme, step.value + 1) in new for step in steps_of(before))


def roman(figures: str) -> int:
    """The value of Roman figures in small letters.

    Examples:
        >>> [roman(figures) for figures in ("i", "iv", "xii", "xl")]
        [1, 4, 12, 40]
    """
    values = [_ROMAN[figure] for figure in figures]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def named_step(said: str) -> list[Step]:
    """What a title that is called a chapter, part or appendix may count.

    Examples:
        >>> named_step("Appendix “B”"), named_step("Part II"), named_step("Partly told")
        ([Step(scheme='appendix', value=2)], [Step(scheme='part', value=2)], [])
    """
    found = _NAMED.match(said)
    return [Step(found[1].lower(), step.value) for step in steps_of(f"{found[2]}.")] if found else []


def parts_of(label: str, said: str = "") -> tuple[str, ...]:
    """The parts of a number that has several, printed as a label or, where there is none, at the head of a title.

    Examples:
        >>> parts_of("304.2 - 1"), parts_of("4a)"), parts_of("", "2-52-1 Purpose"), parts_of("", "2019-20 accounts")
        (('304', '2', '1'), ('4', 'a'), ('2', '52', '1'), ())
    """
    lettered = _LETTERED.fullmatch(label)
    if lettered:
        return lettered[1], lettered[2]
    found = _PARTED.fullmatch(label.strip("().: ")) if label else _PARTED.match(said)
    parts = tuple(_SIGNS.sub(".", found.group()).split(".")) if found else ()
    return () if not label and any(map(_YEAR.fullmatch, parts)) else parts


def further_in(step: Step, other: Step) -> bool:
    """Whether most documents put one scheme below another.

    Examples:
        >>> further_in(Step("a.", 3), Step("1.", 2)), further_in(Step("A.", 1), Step("1.", 2))
        (True, False)
    """
    return other.scheme in SCHEMES and SCHEMES.index(step.scheme) > SCHEMES.index(other.scheme)
