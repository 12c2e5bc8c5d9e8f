"""Printed numbers, bullets and letters at the head of a line."""

import re
from dataclasses import dataclass

BULLETS = "•●▪■◦○‣⁃∙·➢➤►▶✓✔❖◆♦□§¾ØÿüÜ"
_BULLET = re.compile(rf"^(?:[{BULLETS}\uf000-\uf0ff\ue000-\ue0ff\ufffd]|[-–—*o!])$")
_NUMBER = re.compile(
    r"^(?:\d{1,3}(?:\.\d{1,3}){1,4}\.?|\d{1,3}[.)]|\[\d{1,3}\]|\(\d{1,3}\)|[A-Z]{1,2}\d{0,3}\.\d{1,3}(?:\.\d{1,3})*\.?|[A-Z]\d{1,3}[.:)]?|\d{1,3}[a-z][.)])(?:\([a-z]{1,4}\)){0,2}[.:]?$"
)
_PLAIN = re.compile(r"^\d{1,3}$")
_LETTER = re.compile(r"^(?:\(?[a-zA-Z]\)|[a-zA-Z]\.|\(?(?:[ivx]{1,5}|[IVX]{1,5})\)|[ivx]{1,5}\.|[IVX]{1,5}\.)$")
_NAMED = re.compile(
    r"^(Recommendation|Finding|Conclusion|Lesson|Action)\s+(\d{1,3}[A-Za-z]?(?:\.\d{1,3})*|[A-Z]\d{0,2})\s*(?=[:.–—-]|$|\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at the head of a line."""

    text: str
    kind: str
    """number, letter, bullet or named."""


def is_label(text: str) -> bool:
    """Whether *text*, standing by itself, numbers or marks what follows.

    Examples:
        >>> [is_label(t) for t in ("4.17", "(a)", "•", "12", "officer", "2019")]
        [True, True, True, True, False, False]
    """
    return bool(_BULLET.match(text) or _NUMBER.match(text) or _LETTER.match(text) or _PLAIN.match(text))


def kind_of(text: str) -> str | None:
    """The kind of a label: number, plain (bare figures), letter, bullet; None where it is none.

    Examples:
        >>> [kind_of(t) for t in ("1.2", "7", "(iv)", "–", "The")]
        ['number', 'plain', 'letter', 'bullet', None]
    """
    if _BULLET.match(text):
        return "bullet"
    if _LETTER.match(text):
        return "letter"
    if _NUMBER.match(text):
        return "number"
    return "plain" if _PLAIN.match(text) else None


def clean_number(text: str) -> str:
    """A number without the full stop, colon or brackets around it.

    Examples:
        >>> [clean_number(t) for t in ("4.17.", "[12]", "4.17(a)", "7)", "3:")]
        ['4.17', '12', '4.17(a)', '7', '3']
    """
    text = text.strip().rstrip(".:")
    if text.startswith(("[", "(")) and text.endswith(("]", ")")):
        return text[1:-1]
    return text[:-1] if text.endswith(")") and "(" not in text else text


def named_number(text: str) -> str | None:
    """'Recommendation 7' at the head of a text, as printed; None where there is none.

    Examples:
        >>> named_number("Recommendation 7: that the force reviews")
        'Recommendation 7'
    """
    found = _NAMED.match(text)
    return found.group(0).strip() if found else None


def depth(number: str) -> int:
    """How deep a number goes: 1 for '4', 2 for '4.17'."""
    return number.strip(".").count(".") + 1


def first_within(number: str, inner: str) -> bool:
    """Whether a number is the first that divides another: 4.1 and 4.01, not 4.267, whose 4 is a chapter far above.

    Examples:
        >>> [first_within("4", inner) for inner in ("4.1", "4.01", "4.00.010", "4.267", "4.2.1", "5.1", "41")]
        [True, True, True, False, False, False, False]
    """
    rest = inner.removeprefix(f"{number}.").split(".")
    return inner.startswith(f"{number}.") and all(part == "1" or part.startswith("0") for part in rest)


def follows(last: str, label: str) -> bool:
    """Whether a printed number or letter is the next after another.

    Examples:
        >>> [follows(*pair) for pair in (("4.", "5."), ("4.9", "4.10"), ("(c)", "(d)"), ("4.", "6."), ("4.9", "5.1"))]
        [True, True, True, False, False]
    """
    *above, value = clean_number(last).split(".")
    *beside, next_value = clean_number(label).split(".")
    if above != beside:
        return False
    if value.isdecimal() and next_value.isdecimal():
        return int(next_value) == int(value) + 1
    return len(value) == len(next_value) == 1 and ord(next_value) == ord(value) + 1
