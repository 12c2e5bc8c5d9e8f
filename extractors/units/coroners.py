"""A coroner's report to prevent future deaths: its matters of concern, and that action should be taken on them."""

import re
from collections.abc import Sequence

from extractors.records import BlockKind, Passage
from extractors.units.drafts import BESIDE, Draft, Part

_CONCERNS = re.compile(
    r"^\W*\d?\W*(?:(?:the\s+)?coroner\W?s\s+concerns|(?:the\s+)?matters?\s+of\s+concern)", re.IGNORECASE
)
_AS_FOLLOWS = re.compile(
    r"matters?\s+of\s+concern\b[^.]{0,40}(?:follows?|are)\b[^\w(]*(?:\(?brief summary[^)]*\)\W*)?", re.IGNORECASE
)
_ACTION = re.compile(r"^\W*\d?\W*action\s+should\s+be\s+taken\b", re.IGNORECASE)
_RESPONSE = re.compile(r"^\W*\d?\W*your\s+response\b|^\W*\d?\W*copies\s+and\s+publication\b", re.IGNORECASE)


def concerns(passages: Sequence[Passage]) -> list[Draft]:
    """One recommendation: the concerns as printed, then the call for action. Nothing where the form is not met."""
    start = next(
        (i for i, p in enumerate(passages) if _CONCERNS.match(p.block.text) and len(p.block.text) <= 400), None
    )
    if start is None:
        return []
    parts: list[Part] = []
    for passage in passages[start:]:
        text = passage.block.text
        if _RESPONSE.match(text):
            break
        listing = _AS_FOLLOWS.search(text)
        if listing:
            parts = []  # what stood before was the form's own preamble
        begin = listing.end() if listing else 0
        if _is_text(passage) and re.search(r"\w{2}", text[begin:]):
            parts.append(Part(passage, begin, len(text)))
    return [Draft(tuple(parts), formal=True)] if parts else []


def _is_text(passage: Passage) -> bool:
    if passage.block.kind in BESIDE or _CONCERNS.match(passage.block.text) or _ACTION.fullmatch(passage.block.text):
        return False
    return passage.block.kind is not BlockKind.HEADING
