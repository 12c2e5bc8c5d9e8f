"""Running heads and feet, page numbers, browser print lines: what repeats in the margins is no text of the report."""

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.formats.pdf.geometry import Line

_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(
    r"^(?:(?:page|p\.?)\s*)?[-–—|\[(\s]*(?:\d{1,4}|[ivxlc]{1,7})[-–—|\])\s]*(?:(?:of|/)\s*\d{1,4})?$", re.IGNORECASE
)
_PRINTED = re.compile(r"^https?://\S+|^\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}")
MARGIN = 0.14


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
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (height, lines) in enumerate(pages):
        for line in lines:
            if in_margin(line, height):
                text, place = key_of(line)
                for near in (place - 1, place, place + 1):
                    seen[(text, near)].add(number)
    needed = 2 if len(pages) < 8 else 3
    found: set[int] = set()
    for height, lines in pages:
        for line in lines:
            if not in_margin(line, height):
                continue
            repeated = len(seen[key_of(line)]) >= needed
            if (repeated and not line.label_words) or _is_page_number(line, lines, height) or _PRINTED.match(line.text):
                found.add(id(line))
    return found


def _is_page_number(line: Line, lines: Sequence[Line], height: float) -> bool:
    if not _PAGE_NUMBER.match(line.text):
        return False
    edge = 0.1 * height
    outermost = line.bottom < edge and line.top <= min(o.top for o in lines) + 6
    lowest = line.top > height - edge and line.bottom >= max(o.bottom for o in lines) - 6
    return outermost or lowest
