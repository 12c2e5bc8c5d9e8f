"""From a citation back to the page: boxes of a block or of some of its characters, and pages as pictures."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.errors import UsageError
from extractors.formats.pdf import render
from extractors.formats.pdf.engine import PdfFile
from extractors.formats.pdf.geometry import PageContent, Rect, Word, union
from extractors.formats.pdf.turning import turn_upright, turned_back
from extractors.records import Block, Box

PNG_DPI = 110
_FOLD = str.maketrans({"‐": "-", "‑": "-", "\u00ad": "-"})


def boxes_of(
    data: bytes, block: Block, *, name: str = "the document", start: int = 0, end: int | None = None
) -> tuple[Box, ...]:
    """Boxes of a block, or of the words that hold its characters from *start* to *end*.

    Args:
        data: the PDF's bytes.
        block: as it was read from them.
        name: for messages.
        start: offset into the block's text.
        end: offset after the last character; None for the end of the block.

    Returns:
        One box for each line; the whole block's boxes where the words cannot be found again, as after OCR.
    """
    stop = len(block.text) if end is None else end
    if (start <= 0 and stop >= len(block.text)) or not block.boxes:
        return block.boxes
    with PdfFile(data, name) as pdf:
        words = [
            (page, w, content)
            for page in block.pages
            for content in _contents(pdf, page)
            for w in _within(content, block, page)
        ]
    spans = _locate(block.text, [w for _, w, _ in words])
    hit = [words[i] for i, (low, high) in enumerate(spans) if low < stop and high > start]
    return _by_line(hit) if hit else block.boxes


def _contents(pdf: PdfFile, page: int) -> list[PageContent]:
    content = pdf.page(page - 1)
    if content is None:
        return []
    turn_upright(content)
    return [content]


def _within(content: PageContent, block: Block, page: int) -> list[Word]:
    """The words in the block's boxes, line by line."""
    found: list[Word] = []
    for box in (b for b in block.boxes if b.page == page):
        inside: list[Word] = []
        for word in content.words:
            x0, top, x1, bottom = turned_back(word.rect, content)
            if box.x0 - 1 <= (x0 + x1) / 2 <= box.x1 + 1 and box.top - 1 <= (top + bottom) / 2 <= box.bottom + 1:
                inside.append(word)
        inside.sort(key=lambda w: (round(w.base / max(w.style.size * 0.4, 1)), w.x0))
        found.extend(inside)
    return found


def _locate(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where each word stands in the text; words that are not in it (labels, note marks) get an empty span."""
    plain = text.translate(_FOLD)
    spans: list[tuple[int, int]] = []
    at = 0
    for word in words:
        wanted = word.text.translate(_FOLD)
        found = plain.find(wanted, at, at + len(wanted) + 40)
        if found < 0 and wanted.endswith("-"):
            found = plain.find(wanted[:-1], at, at + len(wanted) + 40)
        if found < 0:
            spans.append((at, at))
            continue
        spans.append((found, found + len(wanted)))
        at = found + len(wanted) - wanted.endswith("-")
    return spans


def _by_line(hits: Sequence[tuple[int, Word, PageContent]]) -> tuple[Box, ...]:
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(hits), 1) if _new_line(a, b)), len(hits)]
    boxes: list[Box] = []
    for low, high in pairwise(cuts):
        part = hits[low:high]
        rect: Rect = turned_back(union(w.rect for _, w, _ in part), part[0][2])
        x0, top, x1, bottom = (round(v, 1) for v in rect)
        boxes.append(Box(page=part[0][0], x0=x0, top=top, x1=x1, bottom=bottom))
    return tuple(boxes)


def _new_line(a: tuple[int, Word, PageContent], b: tuple[int, Word, PageContent]) -> bool:
    return a[0] != b[0] or abs(a[1].base - b[1].base) > 0.5 * a[1].style.size or b[1].x0 < a[1].x0


def page_png(
    data: bytes, page: int, *, name: str = "the document", boxes: Sequence[Box] = (), dpi: float = PNG_DPI
) -> bytes:
    """A page as PNG, with boxes marked on it.

    Args:
        data: the PDF's bytes.
        page: from 1.
        name: for messages.
        boxes: those of this page are tinted yellow.
        dpi: pixels for each inch.

    Raises:
        UsageError: there is no such page.
    """
    with PdfFile(data, name) as pdf:
        if not 1 <= page <= pdf.page_count:
            raise UsageError(f"{name} has {pdf.page_count} pages; there is no page {page}.")
        picture, scale = pdf.picture(page - 1, dpi, grey=False)
    shown = picture.copy()
    for box in boxes:
        if box.page == page:
            rows = slice(max(0, int(box.top * scale) - 1), int(box.bottom * scale) + 2)
            columns = slice(max(0, int(box.x0 * scale) - 2), int(box.x1 * scale) + 3)
            shown[rows, columns, 2] = shown[rows, columns, 2] // 3
    return render.to_png(shown)
