"""Text that a reader cannot see is not read: hidden, off the page, under a box, white on white."""

import numpy as np

from extractors.formats.pdf.geometry import PageContent, Shape, Word, area
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
    covered = _covered(content.words, covers)
    kept: list[Word] = []
    hidden = 0
    for word, under in zip(content.words, covered, strict=True):
        if (
            (word.style.hidden and not _over_picture(word, pictures))
            or word.style.size < 0.5
            or _off_page(word, content)
        ):
            continue
        if under:
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


def _covered(words: list[Word], covers: list[Shape]) -> list[bool]:
    """Of each word, whether a patch that was drawn later lies over most of its letters."""
    first = min((w.drawn for w in words if w.drawn > 0), default=0)
    late = [c for c in covers if c.drawn > first]
    under = np.zeros(len(words), bool)
    if not late or not words:
        return under.tolist()
    boxes = np.array([(w.x0, w.base - 0.5 * w.style.size, w.x1, w.base) for w in words])
    drawn = np.array([w.drawn for w in words])
    size = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    for cover in late:
        x0, top, x1, bottom = cover.rect
        width = np.minimum(boxes[:, 2], x1) - np.maximum(boxes[:, 0], x0)
        height = np.minimum(boxes[:, 3], bottom) - np.maximum(boxes[:, 1], top)
        shared = np.where((width > 0) & (height > 0), width * height, 0.0)
        under |= (drawn > 0) & (drawn < cover.drawn) & (size > 0) & (shared > 0.6 * size)
    return under.tolist()
