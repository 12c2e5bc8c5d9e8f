"""Names, offices and dates that close a foreword, a report or a quotation: text, however strongly they are set."""

import re
from collections.abc import Sequence, Set

from extractors.formats.pdf.captions import is_caption
from extractors.formats.pdf.drafts import BESIDE_TEXT, Draft
from extractors.records import BlockKind

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE = re.compile(
    rf"^(?:signed|dated?)?[:,\s]*(?:\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}\s+(?:\d{{1,2}},?\s+)?\d{{4}})$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:sir|dame|lord|lady|baron(?:ess)?|rt\.? hon|hon|dr|prof(?:essor)?|mr|mrs|ms|mp|msp|mla|kc|qc|[cdmo]be|signed|"
    r"minister|secretary of state|commissioner|coroner|ombudsman|inspector|"
    r"chief (?:constable|executive|officer|of police)|chair(?:man|woman|person)?|director|president|judge|justice)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"^(?:[A-Z][a-z’'.-]*\s+){1,3}[A-Z][\w’'-]*[a-z]$")
_OPENED, _CLOSED = frozenset("“‘\"'"), frozenset("”’\"'")
_MOST_LINES, _LONGEST, _TERSE, _MOST = 3, 140, 40, 6
_LARGER = 1.05


def mark(drafts: Sequence[Draft], found: Sequence[Draft], size: float, sure: Set[int] = frozenset()) -> None:
    """Note the blocks that close what stands before them: these are no headings.

    Args:
        drafts: of the whole document, in order.
        found: those that are set as headings.
        size: of the document's text.
        sure: identities (``id``) of those that outline or contents name.
    """
    heads = {id(draft) for draft in found}
    text = [draft for draft in drafts if draft.kind not in BESIDE_TEXT]
    for place, draft in enumerate(text):
        if id(draft) not in heads or id(draft) in sure or not _slight(draft, size) or place == 0 or draft.closes:
            continue
        above, run = text[place - 1], _run(text, place, heads, sure, size)
        if attributes(above, draft, _at(text, place + 1)):
            draft.closes = True
        elif run and closes(above, run, _at(text, place + len(run)), heads):
            for each in run:
                each.closes = True


def is_date(said: str) -> bool:
    """Whether a line says a day or month and nothing else.

    Examples:
        >>> [is_date(said) for said in ("3 May 2024", "Dated: 03/05/2024", "May 2024", "On 3 May 2024 it ended")]
        [True, True, True, False]
    """
    return bool(_DATE.match(said))


def _at(text: Sequence[Draft], place: int) -> Draft | None:
    return text[place] if place < len(text) else None


def _slight(draft: Draft, size: float) -> bool:
    """A short block without a printed number, no sentence, in type no larger than the text."""
    if draft.kind in (BlockKind.TABLE, BlockKind.LIST_ITEM) or draft.label or draft.rows or draft.size > 1.14 * size:
        return False
    said = draft.said
    return len(draft.lines) <= _MOST_LINES and len(said) <= (_TERSE if said.endswith(".") else _LONGEST)


def _run(text: Sequence[Draft], place: int, heads: Set[int], sure: Set[int], size: float) -> list[Draft]:
    """The short blocks from one on to the end of the page or the next larger heading; empty where there are many."""
    run = [text[place]]
    for draft in text[place + 1 :]:
        larger = id(draft) in heads and draft.size > _LARGER * max(d.size for d in run)
        if larger or id(draft) in sure or draft.page != run[0].page:
            return run
        beside = draft.lines[0].base < run[-1].lines[-1].base + 0.5 * draft.size  # what a date at the side titles
        if beside or not _slight(draft, size) or len(run) == _MOST:
            return []
        run.append(draft)
    return run


def attributes(above: Draft, draft: Draft, below: Draft | None) -> bool:
    """Whether a line between two quotations, or at the end of the last, says who is quoted."""
    said, before, after = draft.said, above.said, below.said if below else ""
    quoted = (
        above.page == draft.page
        and before.rstrip("0123456789 ,")[-1:] in _CLOSED
        and (before[:1] in _OPENED or after[:1] in _OPENED)
    )
    ends = below is None or below.page != draft.page or after[:1] in _OPENED
    return quoted and ends and not said.endswith((":", "?")) and not is_date(said)


def closes(above: Draft, run: Sequence[Draft], below: Draft | None, heads: Set[int]) -> bool:
    """Whether the short blocks at the end of a page or section, below its text, are names, offices and dates.

    Args:
        above: the block before them.
        run: the blocks.
        below: the block after them, which opens something else.
        heads: identities of the blocks that are set as headings.
    """
    if above.page != run[0].page or id(above) in heads:
        return False
    if below is not None and (id(below) not in heads or below.size < max(d.size for d in run)):
        return False
    said = [draft.said for draft in run]
    if any(text.endswith((":", "?")) or is_caption(text) for text in said):
        return False
    return any(is_date(text) or _OFFICE.search(text) for text in said) or (len(run) == 1 and bool(_NAME.match(said[0])))
