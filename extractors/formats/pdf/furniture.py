"""Running heads and feet, page numbers, stamps, browser print lines: no text of the report."""

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.formats.pdf.geometry import Line, Rect

_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(
    r"^(?:(?:page|p\.?)\s*)?[-–—|\[(\s]*(?:\d{1,4}|[ivxlc]{1,7})[-–—|\])\s]*(?:(?:of|/)\s*\d{1,4})?$", re.IGNORECASE
)
_PRINTED = re.compile(
    r"^https?://\S+(?:\s+\d+/\d+)?$|^\d{1,2}/\d{1,2}/\d{2,4}(?:,? \d{1,2}:\d{2}.*)?$|"
    r"\bcase\b.*\bdocument\s+\d+.*\bfiled\b|\bpage\s+(?:\d+|[ivxlc]+)(?:\s+of\s+\d+)?$|^page\s+\d+\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W*recommendations?\s+\d+\W*$", re.IGNORECASE)
"""A recommendation's own heading: at the top of three pages it looks like a running head with a page number."""
MARGIN = 0.14
BOX_MARGIN = 0.22
_EDGE = 0.085


def key_of(line: Line) -> tuple[str, int]:
    """What makes two lines of different pages the same: the words without figures, and the height."""
    return (_DIGITS.sub("#", line.text.lower()), round(line.base / 4))


def in_margin(line: Line, height: float) -> bool:
    """Whether a line stands where heads and feet stand."""
    return line.bottom < MARGIN * height or line.top > (1 - MARGIN) * height


def find(pages: Sequence[tuple[float, Sequence[Line]]]) -> set[int]:
    """Identities (``id``) of the lines that are furniture.

    Args:
        pages: height and lines of each page.
    """
    needed = 2 if len(pages) < 8 else 3
    repeated = _repeated(pages)
    found: set[int] = set()
    for height, lines in pages:
        for line in lines:
            if not in_margin(line, height) or line.words[0].raised or _LABEL.match(line.text):
                continue
            again = any(len(repeated[key]) >= needed for key in _keys(line, height))
            if again or _is_page_number(line, lines, height) or _PRINTED.search(line.text):
                found.add(id(line))
        found |= _isolated([line for line in lines if id(line) not in found], height, lines)
    return found


def boxed(pages: Sequence[tuple[float, Sequence[tuple[Rect, Sequence[Line]]]]]) -> set[tuple[int, int]]:
    """Page and place (from 0) of the small ruled boxes at the top or foot of a page that come again.

    The box at the top of the first page stays: it names the document.

    Args:
        pages: height of each page, and the box and lines of each of its tables.
    """
    needed = 2 if len(pages) < 8 else 3
    small = [
        (number, place, [key_of(line) for line in lines])
        for number, (height, tables) in enumerate(pages)
        for place, (rect, lines) in enumerate(tables)
        if (rect[3] < BOX_MARGIN * height and number) or rect[1] > (1 - BOX_MARGIN) * height
    ]
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, _, keys in small:
        for text, height in keys:
            for near in (height - 1, height, height + 1):
                seen[(text, near)].add(number)
    return {
        (number, place)
        for number, place, keys in small
        if sum(len(seen[key]) >= needed for key in keys) > 0.5 * len(keys)
    }


def _keys(line: Line, height: float) -> list[tuple[str, int]]:
    """Keys by height, and, close to the edge, by side of the page; page numbers do not count."""
    text, place = key_of(line)
    keys = [(text, place)]
    core = re.sub(r"^#\s*\W*|\W*\s*#$", "", text)
    if len(core) > 4 and (line.bottom < 0.1 * height or line.top > 0.9 * height):
        keys.append((core, -1 if line.bottom < 0.5 * height else -2))
    return keys


def _repeated(pages: Sequence[tuple[float, Sequence[Line]]]) -> dict[tuple[str, int], set[int]]:
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (height, lines) in enumerate(pages):
        for line in lines:
            if not in_margin(line, height):
                continue
            for text, place in _keys(line, height):
                for near in (place - 1, place, place + 1) if place >= 0 else (place,):
                    seen[(text, near)].add(number)
    return seen


def _is_page_number(line: Line, lines: Sequence[Line], height: float) -> bool:
    if not _PAGE_NUMBER.match(line.text):
        return False
    edge = 0.1 * height
    outermost = line.bottom < edge and line.top <= min(o.top for o in lines) + 6
    lowest = line.top > height - edge and line.bottom >= max(o.bottom for o in lines) - 6
    return outermost or lowest


def _isolated(left: Sequence[Line], height: float, lines: Sequence[Line]) -> set[int]:
    """Short lines at the very edge, parted from the text by a wide gap and no larger than it."""
    if len(lines) < 8:
        return set()
    sizes = sorted(line.size for line in lines)
    usual = sizes[len(sizes) // 2]
    found: set[int] = set()
    for line in left:
        if len(line.text) > 70 or line.size > 1.02 * usual or line.text.endswith((".", ";", ",")) or line.bold:
            continue
        if line.bottom < _EDGE * height:
            gap = min((o.top - line.bottom for o in left if o.top > line.top + 2), default=0.0)
        elif line.top > (1 - _EDGE) * height:
            gap = min((line.top - o.bottom for o in left if o.bottom < line.bottom - 2), default=0.0)
        else:
            continue
        if gap > 1.3 * usual:
            found.add(id(line))
    return found
