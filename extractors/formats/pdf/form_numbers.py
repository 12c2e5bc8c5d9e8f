"""Numbers that a form prints in cells of their own: each belongs to the text beside it, as in coroners' reports."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.lines import labelled
from extractors.formats.pdf.numbering import kind_of
from extractors.records import BlockKind

_NUMBERED = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING})


def attach(drafts: Sequence[Draft]) -> list[Draft]:
    """*drafts* in order, each number that stands alone on the line of what follows made that block's number."""
    kept: list[Draft] = []
    for draft in drafts:
        if kept and numbers(kept[-1], draft):
            kept.append(_numbered(kept.pop(), draft))
        else:
            kept.append(draft)
    return kept


def numbers(alone: Draft, text: Draft) -> bool:
    """Whether a block is a number by itself on the line of the next one, at its left."""
    if alone.kind is not BlockKind.PARAGRAPH or len(alone.words) != 1 or text.kind not in _NUMBERED or text.label:
        return False
    number, first = alone.lines[0], text.lines[0]
    beside = first.page == number.page and first.x0 > number.x1 and abs(first.base - number.base) < 0.5 * first.size
    return beside and kind_of(number.text) in {"plain", "number"}


def _numbered(alone: Draft, text: Draft) -> Draft:
    number, first = alone.lines[0], text.lines[0]
    line = labelled(number, first)
    return replace(text, lines=[line, *text.lines[1:]], label=number.text, label_kind=kind_of(number.text) or "")
