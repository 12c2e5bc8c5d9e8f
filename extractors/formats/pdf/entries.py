"""Entries of a form, which its labels head: whatever type they are set in, they title nothing."""

import re
from collections.abc import Sequence

from extractors.formats.pdf import form_numbers
from extractors.formats.pdf.drafts import BESIDE_TEXT, Draft
from extractors.records import BlockKind

_BLANK = re.compile(r"(?:\[[^\[\]]*[^\W\d_]{2}[^\[\]]*\]\s*)+")
"""Words in square brackets that say what is to be filled in."""
_ASKED = re.compile(r"\bcause of death\b[^.]*$", re.IGNORECASE)
"""A line that the parts of a medical cause of death follow."""
_FIRST_CAUSE = re.compile(r"^(?:1|I)\s?[(.]?a[).]?:?\s")
_CAUSE = re.compile(r"^(?:(?:1|I)\s?[(.]?[a-d][).]?|\(?[b-d][).]|2|II)[.:)]?\s")
_MOST_LINES = 6
"""Lines that an entry such as a name, an office and an address may have."""


def mark(drafts: Sequence[Draft]) -> None:
    """Mark as entries placeholders, the parts of a cause of death, and what a form's cell lists after a colon.

    Args:
        drafts: of the document, in order, before their headings are found; notes and furniture are passed over.
    """
    text = [draft for draft in drafts if draft.kind not in BESIDE_TEXT]
    for place, draft in enumerate(text):
        if _BLANK.fullmatch(_said(draft)):
            draft.entry = True
        for entry in [*_causes(text, place), *_addressed(text, place)]:
            entry.entry = True


def _said(draft: Draft) -> str:
    """The words of a block, its number left out."""
    return " ".join(word.text for line in draft.lines for word in line.words[line.label_words :])


def _causes(text: Sequence[Draft], place: int) -> Sequence[Draft]:
    """The parts of a cause of death that stand below a line that asks for them: 1a, 1b, 2."""
    first, end = place + 1, place + 2
    if not _ASKED.search(text[place].said) or first >= len(text) or not _FIRST_CAUSE.match(text[first].said):
        return []
    while end < len(text) and _CAUSE.match(text[end].said):
        end += 1
    return text[first:end]


def _addressed(text: Sequence[Draft], place: int) -> Sequence[Draft]:
    """The names in a form's cell: all that stands between a line with a colon and the next cell's number."""
    end = place + 1
    if not text[place].said.endswith(":"):
        return []
    while end + 1 < len(text) and not form_numbers.numbers(text[end], text[end + 1]):
        if not _names(text[end]):
            return []
        end += 1
    return text[place + 1 : end] if end + 1 < len(text) else []


def _names(draft: Draft) -> bool:
    text = draft.said
    plain = draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and not draft.rows
    return plain and len(draft.lines) <= _MOST_LINES and not text.endswith((".", ":"))
