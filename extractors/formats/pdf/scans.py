"""Reading the pages that need OCR, and reporting those that cannot be read."""

from collections.abc import Sequence

from extractors.formats.pdf import ocr, render
from extractors.formats.pdf.engine import PdfFile
from extractors.formats.pdf.geometry import PageContent
from extractors.records import Problem

MAX_PAGES = 600
_BATCH = 8
_WHAT = {
    "no-text": "Page {n} holds no text that can be read.",
    "blank": "Page {n} is blank.",
    "little-text": "Page {n} shows words that are not in its text layer.",
    "garbage-text": "The text layer of page {n} has no usable letters.",
}
_MEND = "Install tesseract-ocr and read it again, or ask the publisher for a text PDF."


def complete(pdf: PdfFile, pages: Sequence[PageContent], *, allowed: bool = True) -> list[Problem]:
    """Read by OCR what the text layers lack.

    Args:
        pdf: the open document.
        pages: its pages; those read by OCR get their words.
        allowed: whether OCR may be used where it is installed.

    Returns:
        A problem for each page that was read so, or that should have been.
    """
    reasons = {p.number: ocr.why_needed(p) for p in pages}
    wanted = [p for p in pages if reasons[p.number]]
    if not wanted:
        return []
    readable = [p for p in wanted if reasons[p.number] != "blank"][:MAX_PAGES] if allowed and ocr.installed() else []
    problems: list[Problem] = []
    done: set[int] = set()
    for start in range(0, len(readable), _BATCH):
        batch = readable[start : start + _BATCH]
        for page, found in zip(batch, ocr.read_all([_picture(pdf, p) for p in batch]), strict=True):
            if found is not None and found.words:
                _take(page, found, reasons[page.number])
                problems.append(_read_so(page.number, found.confidence))
                done.add(page.number)
    problems += [_unread(p.number, reasons[p.number]) for p in wanted if p.number not in done]
    return sorted(problems, key=lambda p: p.page or 0)


def _picture(pdf: PdfFile, page: PageContent) -> tuple[bytes, float]:
    picture, scale = pdf.picture(page.number - 1, ocr.DPI)
    return render.to_pgm(picture), scale


def _take(page: PageContent, found: ocr.Page, reason: str) -> None:
    page.words = ocr.merge(page.words, found.words) if reason == "little-text" else list(found.words)


def _read_so(number: int, confidence: float) -> Problem:
    doubtful = confidence < 75
    return Problem(
        kind="read-by-ocr",
        what=f"Page {number} was read by OCR (tesseract, mean confidence {confidence:.0f} of 100).",
        mend="Compare with the page before citing it." if doubtful else "",
        page=number,
    )


def _unread(number: int, reason: str) -> Problem:
    mend = "" if reason == "blank" else _MEND
    return Problem(
        kind="no-text" if reason == "blank" else reason, what=_WHAT[reason].format(n=number), mend=mend, page=number
    )
