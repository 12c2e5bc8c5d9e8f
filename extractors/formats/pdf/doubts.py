"""Which pages' words are not in the text layer, or not rightly."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.formats.pdf.geometry import PageContent, Rect, Shape, Word, area, overlap

_ODD = re.compile(
    r"[A-Za-z][^\w\s'’.,/&@-]+[A-Za-z]|[a-z][A-Z]{2}|[a-z]\d|\d[a-z]{2}|[^\w\s]{3,}|^[^\w\s(\"'“‘•–—-][a-z]"
)
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_VOWEL = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ]", re.IGNORECASE)
_LOWEST, _HIGHEST, _FEWEST = 7.0, 24.0, 3
"""Heights in points of a picture that may be a piece of a line of print, and how many make one."""
_ENOUGH = 40
"""Words from which one can tell whether a page is in a language at all."""


def why_needed(content: PageContent) -> str:
    """Why a page's text layer will not do: no-text, little-text, garbage-text, blank; empty where it does."""
    whole = max(1.0, content.width * content.height)
    pictures = sum(area(_clipped(s.rect, content)) for s in content.shapes if s.picture) / whole
    outlines = sum(s.curved for s in content.shapes)
    letters = content.characters
    if letters < 25 and not content.words:
        return "no-text" if pictures > 0.02 or outlines > 20 or content.shapes else "blank"
    if content.garbage > 0.2 * max(1, letters):
        return "garbage-text"
    if letters < 350 and pictures > 0.25:
        return "little-text"
    if (letters < 200 and outlines > 250) or pictured(content):
        return "little-text"
    if speechless(content.words):
        return "garbage-text"
    return "garbage-text" if pictures > 0.6 and _broken(content.words) else ""


def pictured(content: PageContent) -> bool:
    """Whether a line of print is drawn as pictures: three or more of a line's height that touch in a row."""
    strips = [s for s in content.shapes if s.picture and _LOWEST < s.bottom - s.top < _HIGHEST]
    strips.sort(key=lambda s: (round(s.top), round(s.bottom), s.x0))
    run = 1
    for a, b in pairwise(strips):
        level = abs(a.top - b.top) < 0.5 and abs(a.bottom - b.bottom) < 0.5
        run = run + 1 if level and b.x0 - a.x1 < 3 * (a.bottom - a.top) else 1
        if run >= _FEWEST and not any(_over(w, b) for w in content.words):
            return True
    return False


def _over(word: Word, shape: Shape) -> bool:
    return overlap(word.rect, shape.rect) > 0.3 * area(word.rect)


def _clipped(rect: Rect, content: PageContent) -> Rect:
    return (max(0, rect[0]), max(0, rect[1]), min(content.width, rect[2]), min(content.height, rect[3]))


def speechless(words: Sequence[Word]) -> bool:
    """Whether the words are in no language, as where a font's map is shifted: many longer ones have no vowel."""
    longer = [w.text for w in words if _LETTERS.search(w.text)]
    return len(longer) >= _ENOUGH and sum(not _VOWEL.search(t) for t in longer) > 0.4 * len(longer)


def _broken(words: Sequence[Word]) -> bool:
    """Whether a scan's text layer reads as bad OCR: figures and signs within words."""
    longer = [w.text for w in words if len(w.text) > 2]
    return len(longer) > 20 and sum(bool(_ODD.search(t)) for t in longer) > 0.1 * len(longer)


def merge(layer: Sequence[Word], found: Sequence[Word]) -> list[Word]:
    """The text layer's words, and those of OCR that stand where the layer has none."""
    fresh = [w for w in found if not any(overlap(w.rect, o.rect) > 0.3 * area(w.rect) for o in layer)]
    return [*layer, *fresh]
