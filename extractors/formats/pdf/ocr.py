"""Pages whose words are not in the text layer: which they are, and reading them with tesseract."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import mean, median

from extractors.formats.pdf.geometry import PageContent, Rect, Style, Word, area, overlap

DPI = 250
_SECONDS = 120
_WORKERS = 2
_ODD = re.compile(
    r"[A-Za-z][^\w\s'’.,/&@-]+[A-Za-z]|[a-z][A-Z]{2}|[a-z]\d|\d[a-z]{2}|[^\w\s]{3,}|^[^\w\s(\"'“‘•–—-][a-z]"
)
_DESCENDING = set("gjpqy,;()[]{}QJ")
_TALL = set("bdfhkltABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


@dataclass(frozen=True, slots=True)
class Page:
    """Words that OCR found on a page."""

    words: tuple[Word, ...]
    confidence: float


def installed() -> bool:
    """Whether tesseract can be called."""
    return shutil.which("tesseract") is not None


def why_needed(content: PageContent) -> str:
    """Why a page's text layer will not do: no-text, little-text, garbage-text; empty where it does."""
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
    if letters < 200 and outlines > 250:
        return "little-text"
    return "garbage-text" if pictures > 0.6 and _broken(content.words) else ""


def _clipped(rect: Rect, content: PageContent) -> Rect:
    return (max(0, rect[0]), max(0, rect[1]), min(content.width, rect[2]), min(content.height, rect[3]))


def _broken(words: Sequence[Word]) -> bool:
    """Whether a scan's text layer reads as bad OCR: figures and signs within words."""
    longer = [w.text for w in words if len(w.text) > 2]
    return len(longer) > 20 and sum(bool(_ODD.search(t)) for t in longer) > 0.1 * len(longer)


def read_all(pictures: Sequence[tuple[bytes, float]]) -> list[Page | None]:
    """Read pictures of pages, several at a time.

    Args:
        pictures: PGM bytes, and pixels for each point.

    Returns:
        The words of each, in points from the top left; None where the engine failed.
    """
    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(read_one, [p for p, _ in pictures], [s for _, s in pictures]))


def read_one(picture: bytes, scale: float) -> Page | None:
    """Read one picture with tesseract."""
    command = ["tesseract", "stdin", "stdout", "--dpi", str(DPI), "--psm", "3", "-c", "thresholding_method=0", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the page goes in by its standard input
            command, input=picture, capture_output=True, timeout=_SECONDS, check=False, env=_quiet_environment()
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return parse(done.stdout.decode("utf-8", "replace"), scale) if done.returncode == 0 else None


def _quiet_environment() -> dict[str, str]:
    # Pages run side by side; threads within one page would only get in each other's way.
    import os

    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def parse(table: str, scale: float) -> Page:
    """Words from tesseract's table of words."""
    lines: dict[tuple[str, ...], list[list[str]]] = {}
    scores: list[float] = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        if float(cells[10]) < 20 and not any(c.isalnum() for c in cells[11]):
            continue
        lines.setdefault(tuple(cells[1:5]), []).append(cells)
        scores.append(float(cells[10]))
    sizes = {key: _size(rows, scale) for key, rows in lines.items()}
    usual = median(sizes.values()) if sizes else 10.0
    words = [w for key, rows in lines.items() for w in _line(rows, _snapped(sizes[key], usual), scale)]
    return Page(tuple(words), round(mean(scores), 1) if scores else 0.0)


def _size(rows: Sequence[Sequence[str]], scale: float) -> float:
    guesses: list[float] = []
    for cells in rows:
        text, height = cells[11], int(cells[9]) / scale
        tall, deep = bool(set(text) & _TALL), bool(set(text) & _DESCENDING)
        if text.isalnum() or len(text) > 3:
            guesses.append(height / (0.93 if tall and deep else 0.72 if tall else 0.7 if deep else 0.52))
    return median(guesses) if guesses else 10.0


def _snapped(size: float, usual: float) -> float:
    return round(usual * 2) / 2 if 0.8 < size / usual < 1.22 else round(size * 2) / 2


def _line(rows: Sequence[Sequence[str]], size: float, scale: float) -> list[Word]:
    bottoms = [(int(c[7]) + int(c[9])) / scale for c in rows if not set(c[11]) & _DESCENDING]
    base = median(bottoms) if bottoms else (int(rows[0][7]) + int(rows[0][9])) / scale - 0.2 * size
    style = Style("ocr", max(size, 1.0))
    words: list[Word] = []
    for cells in rows:
        x0, width = int(cells[6]) / scale, int(cells[8]) / scale
        words.append(Word(cells[11], x0, base - 0.8 * size, x0 + width, base + 0.22 * size, base, style, drawn=1))
    return words


def merge(layer: Sequence[Word], found: Sequence[Word]) -> list[Word]:
    """The text layer's words, and those of OCR that stand where the layer has none."""
    fresh = [w for w in found if not any(overlap(w.rect, o.rect) > 0.3 * area(w.rect) for o in layer)]
    return [*layer, *fresh]
