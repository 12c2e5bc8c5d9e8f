"""Running heads and feet, page numbers, stamps, browser print lines: no text of the report."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import TypeAlias

from extractors.formats.pdf.geometry import Line, Rect
from extractors.formats.pdf.lines import rows_of

Key: TypeAlias = tuple[str, int]
"""What makes two lines the same: their words, and where they stand."""

_DIGITS = re.compile(r"\d+|\b(?:[ivxlc]+|[IVXLC]+)\b")
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
_NUMBERED = re.compile(r"^page\s+\d+(?:\s+of\s+\d+)?$", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_OPENS = re.compile(r"\d{1,4}\s+\S")
MARGIN = 0.14
BOX_MARGIN = 0.22
TALL = 0.25
_MOST_FEWEST = 4
_EDGE = 0.085
_FEET = 1_000
"""Where heights that are measured from the foot begin, well below those from the top."""


def key_of(line: Line) -> Key:
    """What makes two lines of different pages the same: the words without figures, and the height.

    Capitals count: a running head often repeats in capitals the heading that stands below it.
    """
    return (_DIGITS.sub("#", line.text), round(line.base / 4))


def in_margin(line: Line, height: float) -> bool:
    """Whether a line stands where heads and feet stand."""
    return line.bottom < MARGIN * height or line.top > (1 - MARGIN) * height


def find(pages: Sequence[tuple[float, Sequence[Line]]]) -> set[int]:
    """Identities (``id``) of the lines that are furniture.

    Args:
        pages: height and lines of each page.
    """
    needed = 2 if len(pages) < 8 else 3
    repeated, notes = _repeated(pages)
    found: set[int] = set()
    for height, lines in pages:
        for line in lines:
            if not in_margin(line, height) or line.words[0].raised or _LABEL.match(line.text):
                continue
            keys = _keys(line, height)
            note = _OPENS.match(line.text) and not notes.isdisjoint(keys)
            again = not note and any(len(repeated[key]) >= needed for key in keys)
            if again or _is_page_number(line, lines, height) or _PRINTED.search(line.text):
                found.add(id(line))
        found |= _beside_number(lines, found, height)
        found |= _isolated([line for line in lines if id(line) not in found], height, lines)
    return found | _rest_of_heads(pages, found)


def _rest_of_heads(pages: Sequence[tuple[float, Sequence[Line]]], found: set[int]) -> set[int]:
    """Lines below a head, beyond the margin, that come again word for word on most pages: tall heads of orders."""
    needed = max(_MOST_FEWEST, len(pages) / 2)
    high = [
        [line for line in lines if id(line) not in found and line.bottom < TALL * height] for height, lines in pages
    ]
    seen: Counter[Key] = Counter()
    for lines in high:
        seen.update({(line.text, place) for line in lines for place in _near(round(line.base / 4))})
    rest: set[int] = set()
    for (height, lines), left in zip(pages, high, strict=True):
        reach = max((line.bottom for line in lines if id(line) in found and line.bottom < TALL * height), default=-1.0)
        for line in sorted(left, key=lambda line: line.top):
            again = seen[(line.text, round(line.base / 4))] >= needed
            if again and reach >= 0 and line.top - reach < 1.2 * line.size:
                rest.add(id(line))
                reach = max(reach, line.bottom)
    return rest


def _near(place: int) -> tuple[int, int, int]:
    return (place - 1, place, place + 1)


def boxed(pages: Sequence[tuple[float, Sequence[tuple[Rect, Sequence[Line]]]]]) -> set[tuple[int, int]]:
    """Page and place (from 0) of the small ruled boxes at the top or foot of a page that come again.

    The box at the top of the first page stays: it names the document. One at the foot that numbers its page goes.

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
    seen: dict[Key, set[int]] = defaultdict(set)
    for number, _, keys in small:
        for text, height in keys:
            for near in _near(height):
                seen[(text, near)].add(number)
    again = {
        (number, place)
        for number, place, keys in small
        if sum(len(seen[key]) >= needed for key in keys) > 0.5 * len(keys)
    }
    return again | {
        (number, place)
        for number, (height, tables) in enumerate(pages)
        for place, (rect, lines) in enumerate(tables)
        if rect[1] > (1 - MARGIN) * height and any(_NUMBERED.match(line.text) for line in lines)
    }


def _keys(line: Line, height: float) -> list[Key]:
    """Keys by height, and, close to the edge, by side of the page; page numbers do not count.

    Feet are measured from the foot of the page: pages of one document may be of several heights, tables lie across.
    """
    text, place = key_of(line)
    if line.base > 0.5 * height:
        place = _FEET + round((height - line.base) / 4)
    keys = [(text, place)]
    core = re.sub(r"^#\s*\W*|\W*\s*#$", "", text)
    if len(core) > 4 and _at_edge(line, height):
        keys.append((core, -1 if line.bottom < 0.5 * height else -2))
    return keys


def _repeated(pages: Sequence[tuple[float, Sequence[Line]]]) -> tuple[dict[Key, set[int]], set[Key]]:
    """Pages on which each key comes again, and the keys of which lines that open with a figure are notes."""
    seen: dict[Key, set[int]] = defaultdict(set)
    figures: dict[Key, set[tuple[int, ...]]] = defaultdict(set)
    opened: dict[Key, set[tuple[int, ...]]] = defaultdict(set)
    for number, (height, lines) in enumerate(pages):
        for line in lines:
            if not in_margin(line, height):
                continue
            printed = (number, *map(int, _FIGURES.findall(line.text)))
            opens = _OPENS.match(line.text)
            for text, place in _keys(line, height):
                for near in _near(place) if place >= 0 else (place,):
                    seen[(text, near)].add(number)
                    figures[(text, near)].add(printed)
                    if opens:
                        opened[(text, near)].add(printed)
    for key, numbered in figures.items():
        if len(numbered) > 1 and _counts_on(numbered):
            seen.pop(key)
    return seen, {key for key, numbered in opened.items() if len(numbered) > 1 and _notes(numbered)}


def _notes(figures: Collection[tuple[int, ...]]) -> bool:
    """Whether lines that open with a figure are notes: it is mostly of their own, and seldom the page's number.

    Where each chapter counts anew, figures come again; but then pages have several such lines.

    Args:
        figures: of each such line the page, then the figures.
    """
    own = Counter(first for _, first, *_ in figures)
    steps = Counter(first - page for page, first, *_ in figures)
    if min(len(own), len(steps)) > 0.5 * len(figures):
        return True
    several = len(figures) > 1.3 * len({page for page, *_ in figures})
    return several and max(*own.values(), *steps.values()) < 0.34 * len(figures)


def _counts_on(figures: Collection[tuple[int, ...]]) -> bool:
    """Whether lines alike but for their figures are headings: no figure comes again or keeps step with its page.

    Args:
        figures: of each such line the page, then the figures.
    """
    lengths = set(map(len, figures))
    if len(lengths) > 1 or lengths == {1}:
        return False
    pages, *columns = zip(*figures, strict=True)
    steps = ([value - page for page, value in zip(pages, column, strict=True)] for column in columns)
    return all(len(set(values)) == len(pages) for values in (*columns, *steps))


def _beside_number(lines: Sequence[Line], found: set[int], height: float) -> set[int]:
    """The rest of a row at the page's edge in which a page number stands: a running head that few pages have."""
    numbers = [line for line in lines if id(line) in found and _PAGE_NUMBER.match(line.text)]
    return {id(line) for number in numbers for line in _lone_row(number, lines, height)}


def _lone_row(number: Line, lines: Sequence[Line], height: float) -> list[Line]:
    """The lines of one row, where white space parts it from all others; rows of a list of contents stand closer."""
    near = [line for line in lines if abs(line.base - number.base) < 2.2 * number.size]
    row = [line for line in near if abs(line.base - number.base) < 0.3 * number.size]
    alike = all(abs(line.size - number.size) < 0.15 * number.size and _at_edge(line, height) for line in row)
    return row if alike and len(row) == len(near) else []


def rows(lines: Sequence[Line]) -> list[Line]:
    """Furniture with what stands in one row as one line: page number, title and date of a running head."""
    joined: list[Line] = []
    for row in rows_of(lines):
        row.sort(key=lambda line: line.x0)
        whole = Line([word for line in row for word in line.words]).measured() if len(row) > 1 else row[0]
        whole.page = row[0].page
        joined.append(whole)
    return joined


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom < 0.1 * height or line.top > 0.9 * height


def _is_page_number(line: Line, lines: Sequence[Line], height: float) -> bool:
    if not _PAGE_NUMBER.match(line.text):
        return False
    edge = 0.1 * height
    outermost = line.bottom < edge and line.top <= min(o.top for o in lines) + 6
    lowest = line.top > height - edge and line.bottom >= max(o.bottom for o in lines) - 6
    return outermost or lowest


def _isolated(left: Sequence[Line], height: float, lines: Sequence[Line]) -> set[int]:
    """Short lines at the very edge, parted from the text by a wide gap and no larger than it.

    Under a running head that is known already, such a line is a title.

    Args:
        left: the lines that are not known as furniture.
        height: of the page.
        lines: all of them.
    """
    if len(lines) < 8:
        return set()
    sizes = sorted(line.size for line in lines)
    usual = sizes[len(sizes) // 2]
    body = set(map(id, left))
    known = [line for line in lines if id(line) not in body]
    found: set[int] = set()
    for line in left:
        if len(line.text) > 70 or line.size > 1.02 * usual or line.text.endswith((".", ";", ",")) or line.bold:
            continue
        if line.bottom < _EDGE * height:
            gap = min((o.top - line.bottom for o in left if o.top > line.top + 2), default=0.0)
            beyond = min((line.top - o.bottom for o in known if o.bottom < line.bottom - 2), default=0.0)
        elif line.top > (1 - _EDGE) * height:
            gap = min((line.top - o.bottom for o in left if o.bottom < line.bottom - 2), default=0.0)
            beyond = min((o.top - line.bottom for o in known if o.top > line.top + 2), default=0.0)
        else:
            continue
        if gap > 1.3 * usual > beyond:
            found.add(id(line))
    return found
