"""Lists of contents that name no pages: their entries come again further on, as the titles of what they list."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from extractors.formats.pdf import contents
from extractors.formats.pdf.drafts import BESIDE_TEXT, Draft
from extractors.formats.pdf.outlines import folded
from extractors.records import BlockKind

_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_FEWEST = 3
_ENTRY_LINES = 2
_FAR = 2.5
"""Sizes between baselines over which no list goes on."""


def mark(drafts: Sequence[Draft]) -> None:
    """Make furniture of the entries of such lists, right below "Contents" and on its page."""
    text = [draft for draft in drafts if draft.kind not in BESIDE_TEXT]
    for place, draft in enumerate(text):
        if len(draft.lines) == 1 and contents.titles(draft.lines[0]):
            for entry in _entries(text, place):
                entry.kind = BlockKind.FURNITURE


def _entries(text: Sequence[Draft], place: int) -> list[Draft]:
    """The entries below the title at *place*; empty where fewer than three come again."""
    near = pairwise(text[place:])
    below = [entry for _, entry in takewhile(lambda pair: _follows(*pair), near)]
    titles = set(_titles(text[place + 1 + len(below) :]))
    found = list(takewhile(lambda entry: folded(entry.said) in titles, below))
    return found if len(found) >= _FEWEST else []


def _follows(above: Draft, entry: Draft) -> bool:
    """Whether a block may be the next entry: a line or two of text, close below the one before it."""
    apart = entry.lines[0].base - above.lines[-1].base
    plain = entry.kind in _TEXT and not entry.rows and len(entry.lines) <= _ENTRY_LINES
    return plain and entry.page == above.page and 0 < apart < _FAR * entry.size


def _titles(text: Sequence[Draft]) -> Iterator[str]:
    return (folded(draft.said) for draft in text if draft.kind in _TEXT and len(draft.lines) <= _ENTRY_LINES)
