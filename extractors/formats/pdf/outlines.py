"""A document's outline (its bookmarks), and the headings that it names.

Word and most typesetters write it from the styles of headings, so that its levels are the author's own.
"""

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from extractors.formats.pdf.drafts import Draft
from extractors.records import BlockKind

MAX_ENTRIES = 5_000
_DEEPEST = 10
_LONGEST = 1_000
_FEWEST = 2
"""Headings that an outline must name before it is believed: one that merely names the file tells nothing."""
_TITLE_LINES = 5
_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_NUMBER = re.compile(
    r"^(?:(?:chapter|part|section|annex|appendix)\s+)?(?:\d[\d.]*|[ivxlc]{1,6}(?=[.):]))?[\d.():\s–—-]*(?=[^\W\d_])",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline: depth from 1, title, and the page it leads to (from 1)."""

    level: int
    title: str
    page: int


def read(document: Any) -> list[Entry]:
    """The outline's entries that lead to a page, in order; each bookmark once, however they are chained."""
    entries: list[Entry] = []
    for level, bookmark in _walk(document):
        target: Any = pdfium.FPDFBookmark_GetDest(document, bookmark)
        if not target:
            action: Any = pdfium.FPDFBookmark_GetAction(bookmark)
            target = pdfium.FPDFAction_GetDest(document, action) if action else None
        page = pdfium.FPDFDest_GetDestPageIndex(document, target) if target else -1
        if page >= 0:
            entries.append(Entry(level, _title(bookmark), page + 1))
    return entries


def _walk(document: Any) -> Iterator[tuple[int, Any]]:
    """Bookmarks with their depth, parents before children."""
    seen: set[int] = set()
    waiting: list[tuple[int, Any]] = [(1, pdfium.FPDFBookmark_GetFirstChild(document, None))]
    while waiting and len(seen) < MAX_ENTRIES:
        level, bookmark = waiting.pop()
        address = ctypes.cast(bookmark, ctypes.c_void_p).value if bookmark else None
        if not address or address in seen or level > _DEEPEST:
            continue
        seen.add(address)
        yield level, bookmark
        waiting.append((level, pdfium.FPDFBookmark_GetNextSibling(document, bookmark)))
        waiting.append((level + 1, pdfium.FPDFBookmark_GetFirstChild(document, bookmark)))


def _title(bookmark: Any) -> str:
    size = min(pdfium.FPDFBookmark_GetTitle(bookmark, None, 0), 2 * _LONGEST)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFBookmark_GetTitle(bookmark, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def folded(title: str) -> str:
    """A title's letters and figures without its printed number, so that two ways to write it are one.

    Examples:
        >>> [folded(t) for t in ("1.2 The  inquiry", "The Inquiry", "Chapter 3: The inquiry", "2019")]
        ['theinquiry', 'theinquiry', 'theinquiry', '2019']
    """
    return _SIGNS.sub("", _NUMBER.sub("", title.strip()) or title).casefold()


def _titles(drafts: Sequence[Draft]) -> Iterator[tuple[int, str]]:
    """Place and folded text of each draft that may be a title."""
    for place, draft in enumerate(drafts):
        if draft.kind in _TEXT and len(draft.lines) <= _TITLE_LINES and not draft.rows:
            yield place, folded(draft.said)


def titles_at(drafts: Sequence[Draft]) -> dict[str, list[int]]:
    """The pages on which each folded text stands that may be a title."""
    pages: dict[str, list[int]] = defaultdict(list)
    for place, title in _titles(drafts):
        pages[title].append(drafts[place].page)
    return pages


def named(drafts: Sequence[Draft], entries: Sequence[Entry]) -> dict[int, int]:
    """Place of each draft that the outline names, with its level; empty where it names hardly any.

    A draft is looked for on the page that the entry leads to, and on the next, whose top it may mean.
    """
    at: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, title in _titles(drafts):
        at[(drafts[place].page, title)].append(place)
    levels: dict[int, int] = {}
    for entry in entries:
        title = folded(entry.title)
        found = at.get((entry.page, title)) or at.get((entry.page + 1, title)) or []
        place = next((p for p in found if p not in levels), None)
        if title and place is not None:
            levels[place] = entry.level
    return levels if len(levels) >= _FEWEST else {}
