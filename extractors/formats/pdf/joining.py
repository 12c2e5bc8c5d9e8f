"""Paragraphs that run over a column or page break are one block."""

import re
from collections.abc import Sequence

from extractors.formats.pdf import listings
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Line
from extractors.records import BlockKind

_RUNS_ON = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_ENDED = re.compile(r"[.!?:;][\"'’”)\]]*\s*\d{0,3}$")


def join_breaks(drafts: Sequence[Draft]) -> list[Draft]:
    """Join each block that goes on in the next column or on the next page; notes and furniture lie between."""
    done: list[Draft] = []
    open_at: dict[bool, int] = {}
    for draft in drafts:
        note = draft.kind is BlockKind.FOOTNOTE
        if draft.kind is BlockKind.FURNITURE:
            done.append(draft)
            continue
        last = open_at.get(note)
        if last is not None and goes_on(done[last], draft):
            done[last].lines.extend(draft.lines)
            continue
        done.append(draft)
        open_at[note] = len(done) - 1
    return done


def goes_on(above: Draft, below: Draft) -> bool:
    """Whether *below* is the rest of *above*."""
    if (
        above.closes
        or above.kind not in _RUNS_ON
        or below.kind is not BlockKind.PARAGRAPH
        or below.label
        or above.rows
        or below.rows
    ):
        return False
    if above.entry and below.entry:
        return False
    last, first = above.lines[-1], below.lines[0]
    broken = first.page == last.page + 1 or (first.page == last.page and first.top < last.top)
    if (
        not broken
        or abs(last.size - first.size) > 0.6
        or (above.box != below.box and above.box and below.box and first.page == last.page)
    ):
        return False
    if _ENDED.search(last.text) or _leads_in(last, first) or _item_ended(above, below):
        return False
    return (
        first.text[:1].islower()
        or last.text.endswith(("-", ","))
        or first.text[:1] in "(“‘\"'0123456789"
        or last.bold == first.bold
    )


def _item_ended(above: Draft, below: Draft) -> bool:
    """Whether an item ends well before the right edge, though a page begins with a capital that would have fitted."""
    last, first = above.lines[-1], below.lines[0]
    if not above.label or last.page == first.page or not first.text[:1].isupper():
        return False
    return listings.ended_early(last, first, max(line.x1 for line in [*above.lines, *below.lines]))


def _leads_in(last: Line, first: Line) -> bool:
    """Whether a line opens with a term in bold, after one that ends plain: the next definition, not more of this."""
    bold = first.words[0].style.bold and not first.words[-1].style.bold
    return bold and not last.words[-1].style.bold and first.text[:1].isupper()
