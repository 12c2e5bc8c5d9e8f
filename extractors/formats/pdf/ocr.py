"""Reading pictures of pages: which engine does it, and what it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Protocol

from extractors.formats.pdf.geometry import Style, Word
from extractors.formats.pdf.render import Pixels

DPI = 200
"""Higher resolutions cost more and read clean pages no better: docs/decisions.md has the figures."""

DESCENDING = set("gjpqy,;()[]{}QJ")
TALL = set("bdfhkltABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
"""Letters that reach below the line, and those that reach above small ones: they tell the size of the type."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word that an engine found, in pixels of the picture."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    """From 0 to 100."""


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page, in points from the top left."""

    words: tuple[Word, ...]
    confidence: float
    """Mean of its words, from 0 to 100."""


class Engine(Protocol):
    """Reads pictures of pages."""

    @property
    def name(self) -> str:
        """Its name, as records and messages give it."""
        ...

    def read(self, pictures: Sequence[Pixels], processes: int) -> list[list[list[Found]] | None]:
        """The words of each picture, line by line; None where the engine failed on it."""
        ...


def find_engine() -> Engine | None:
    """The best engine that is installed: tesseract, else rapidocr; None where there is neither."""
    from extractors.formats.pdf import rapid, tesseract

    if tesseract.installed():
        return tesseract.Tesseract()
    return rapid.Rapid() if rapid.installed() else None


def as_page(lines: Sequence[Sequence[Found]], scale: float) -> Page:
    """Words as the layout wants them.

    Args:
        lines: as an engine found them.
        scale: pixels for each point.
    """
    held = [line for line in lines if line]
    sizes = [_size(line, scale) for line in held]
    usual = median(sizes) if sizes else 10.0
    words = [w for line, size in zip(held, sizes, strict=True) for w in _words(line, _snapped(size, usual), scale)]
    scores = [f.confidence for line in held for f in line]
    return Page(tuple(words), round(mean(scores), 1) if scores else 0.0)


def _size(line: Sequence[Found], scale: float) -> float:
    """The size of a line's type, guessed from how tall words are that have or lack long letters."""
    guesses: list[float] = []
    for found in line:
        height = (found.bottom - found.top) / scale
        tall, deep = bool(set(found.text) & TALL), bool(set(found.text) & DESCENDING)
        if found.text.isalnum() or len(found.text) > 3:
            guesses.append(height / (0.93 if tall and deep else 0.72 if tall else 0.7 if deep else 0.52))
    return median(guesses) if guesses else 10.0


def _snapped(size: float, usual: float) -> float:
    return round(usual * 2) / 2 if 0.8 < size / usual < 1.22 else round(size * 2) / 2


def _words(line: Sequence[Found], size: float, scale: float) -> list[Word]:
    bottoms = [f.bottom / scale for f in line if not set(f.text) & DESCENDING]
    base = median(bottoms) if bottoms else line[0].bottom / scale - 0.2 * size
    style = Style("ocr", max(size, 1.0))
    return [
        Word(f.text, f.x0 / scale, base - 0.8 * size, f.x1 / scale, base + 0.22 * size, base, style, drawn=1)
        for f in line
    ]
