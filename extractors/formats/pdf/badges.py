"""Badges: the kind of a document over its number in larger type, such as "Policy" over "300", are one title."""

import re
from collections.abc import Sequence

from extractors.formats.pdf.drafts import BESIDE_TEXT, Draft

_KIND = re.compile(
    r"^(?:policy|procedure|directive|order|chapter|part|section|module|volume|book|appendix|annexe?|schedule)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\d{1,4}(?:[.–-]\d{1,4}){0,2}$")
_LARGER, _APART = 1.3, 2.0
"""How much larger the number is, and how far below at most, in its own size."""


def join(drafts: Sequence[Draft]) -> list[Draft]:
    """*drafts*, each number with the word over it that says what it counts."""
    joined: list[Draft] = []
    for draft in drafts:
        if joined and _counts(joined[-1], draft):
            joined[-1].lines.extend(draft.lines)
        else:
            joined.append(draft)
    return joined


def _counts(word: Draft, number: Draft) -> bool:
    if word.kind in BESIDE_TEXT or number.kind in BESIDE_TEXT or len(word.lines) > 1 or len(number.lines) > 1:
        return False
    if not _KIND.match(word.said) or not _NUMBER.match(number.said):
        return False
    over, under = word.lines[0], number.lines[0]
    below = over.page == under.page and 0 < under.base - over.base < _APART * under.size
    return below and over.x0 < under.x1 and under.x0 < over.x1 and under.size > _LARGER * over.size
