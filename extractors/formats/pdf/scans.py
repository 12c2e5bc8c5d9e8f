"""Reading the pages that need OCR, and reporting those that cannot be read."""

from collections.abc import Sequence

from extractors.formats.pdf import ocr
from extractors.formats.pdf.doubts import merge, why_needed
from extractors.formats.pdf.engine import PdfFile
from extractors.formats.pdf.geometry import PageContent
from extractors.records import OcrPage, Problem

MAX_PAGES = 600
_BATCH = 4
"""Pictures held at a time for each process; more would only take memory."""
_GLANCE, _INK = 36, 8
"""Dots an inch at which a page is looked at for ink, and how much the greys of one that has any differ."""
_SURE = 75
"""Mean confidence below which a page must be compared with its picture; clean scans have 90 and more."""
_WHAT = {
    "no-text": "Page {n} holds no text that can be read.",
    "little-text": "Page {n} shows words that are not in its text layer.",
    "garbage-text": "The text layer of page {n} has no usable letters.",
}
_INSTALL = "Install tesseract-ocr (or findingaid[ocr]) and read it again, or ask the publisher for a text PDF."
_LOOK = "OCR found no words on it; look at the page."


def complete(
    pdf: PdfFile, pages: Sequence[PageContent], engine: ocr.Engine | None, processes: int = 1
) -> tuple[list[OcrPage], list[Problem]]:
    """Read by OCR what the text layers lack.

    Args:
        pdf: the open document.
        pages: its pages; those read by OCR get their words.
        engine: what reads them; None where none is installed or allowed.
        processes: pages to read at a time.

    Returns:
        The pages read so, and a problem for each that was read with doubt or should have been read.
    """
    reasons = {p.number: reason for p in pages if (reason := _reason(pdf, p))}
    wanted = [p for p in pages if p.number in reasons][:MAX_PAGES] if engine else []
    done: list[OcrPage] = []
    size = _BATCH * max(1, processes)
    for start in range(0, len(wanted), size):
        batch = wanted[start : start + size]
        assert engine is not None
        for page, found in zip(batch, _read(pdf, batch, engine, processes), strict=True):
            if found is not None and found.words:
                _take(page, found, reasons[page.number])
                done.append(OcrPage(page=page.number, engine=engine.name, confidence=found.confidence))
    read = {p.page for p in done}
    mend = _LOOK if engine else _INSTALL
    unread = [_unread(n, reason, mend) for n, reason in reasons.items() if n not in read]
    return done, sorted(
        [*unread, *map(_doubtful, (p for p in done if p.confidence < _SURE))], key=lambda p: p.page or 0
    )


def _reason(pdf: PdfFile, page: PageContent) -> str:
    """Why a page needs OCR; nothing where nobody could see anything on it, which is no loss."""
    reason = why_needed(page)
    if reason not in ("no-text", "blank"):
        return reason
    pixels, _ = pdf.picture(page.number - 1, _GLANCE)
    return "no-text" if int(pixels.max()) - int(pixels.min()) > _INK else ""


def _read(pdf: PdfFile, pages: Sequence[PageContent], engine: ocr.Engine, processes: int) -> list[ocr.Page | None]:
    drawn = [pdf.picture(page.number - 1, ocr.DPI) for page in pages]
    found = engine.read([picture for picture, _ in drawn], processes)
    return [None if f is None else ocr.as_page(f, scale) for f, (_, scale) in zip(found, drawn, strict=True)]


def _take(page: PageContent, found: ocr.Page, reason: str) -> None:
    page.words = merge(page.words, found.words) if reason == "little-text" else list(found.words)


def _doubtful(read: OcrPage) -> Problem:
    return Problem(
        kind="read-by-ocr",
        what=f"Page {read.page} was read by OCR with doubt ({read.engine}, confidence {read.confidence:.0f} of 100).",
        mend="Compare with the page before citing it.",
        page=read.page,
    )


def _unread(number: int, reason: str, mend: str) -> Problem:
    return Problem(kind=reason, what=_WHAT[reason].format(n=number), mend=mend, page=number)
