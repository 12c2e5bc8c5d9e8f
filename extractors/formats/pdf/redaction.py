"""Text that a reader cannot see is not read: hidden, off the page, under a box, white on white."""

from extractors.formats.pdf.geometry import PageContent, Shape, Word, area, overlap
from extractors.records import Problem


def apply(content: PageContent) -> list[Problem]:
    """Take hidden words out of the page.

    Args:
        content: the page; its ``words`` keep only what can be seen.

    Returns:
        A problem where text was hidden.
    """
    covers = [s for s in content.shapes if s.opaque and s.x1 - s.x0 > 3 and s.bottom - s.top > 3]
    pictures = [s for s in content.shapes if s.picture and area(s.rect) > 0.2 * content.width * content.height]
    latest = max((c.drawn for c in covers), default=0)
    kept: list[Word] = []
    hidden = 0
    for word in content.words:
        if (
            (word.style.hidden and not _over_picture(word, pictures))
            or word.style.size < 0.5
            or _off_page(word, content)
        ):
            continue
        if word.drawn < latest and _covered(word, covers):
            hidden += len(word.text)
            continue
        kept.append(word)
    content.words = kept
    if not hidden:
        return []
    return [
        Problem(
            kind="hidden-text",
            what=f"Page {content.number} holds text under a box ({hidden} characters); it was left out.",
            mend="Tell the publisher that the redaction does not hold.",
            page=content.number,
        )
    ]


def _over_picture(word: Word, pictures: list[Shape]) -> bool:
    """Unseen words over a scan are its text layer, made by OCR: a reader sees the picture of them."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return any(p.x0 <= x <= p.x1 and p.top <= y <= p.bottom for p in pictures)


def _off_page(word: Word, content: PageContent) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return not (-1 <= x <= content.width + 1 and -1 <= y <= content.height + 1)


def _covered(word: Word, covers: list[Shape]) -> bool:
    rect = (word.x0, word.base - 0.5 * word.style.size, word.x1, word.base)
    size = area(rect)
    return any(c.drawn > word.drawn > 0 and size and overlap(rect, c.rect) > 0.6 * size for c in covers)
