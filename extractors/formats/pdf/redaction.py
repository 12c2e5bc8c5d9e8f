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
    hidden: list[Word] = []
    for word, under in zip(content.words, covered, strict=True):
        if (
            (word.style.hidden and not _over_picture(word, pictures))
            or word.style.size < 0.5
            or _off_page(word, content)
        ):
            continue
        if under:
            hidden.append(word)
            continue
        kept.append(word)
    content.words = kept
    count = sum(len(word.text) for row in _rows(hidden) if not _stands_again(row, kept) for word in row)
    if not count:
        return []
    return [
        Problem(
            kind="hidden-text",
            what=f"Page {content.number} holds text under a box ({count} characters); it was left out.",
            mend="Tell the publisher that the redaction does not hold.",
            page=content.number,
        )
    ]


def _rows(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in words:
        if rows and abs(rows[-1][-1].base - word.base) < 1:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _stands_again(row: list[Word], kept: list[Word]) -> bool:
    """Whether hidden words are drawn once more where all can see them, as drawing programs do with what they stack."""
    size = row[0].style.size
    left, right = min(w.x0 for w in row) - 2 * size, max(w.x1 for w in row) + 2 * size
    near = [w for w in kept if abs(w.base - row[0].base) < size and left <= w.x0 and w.x1 <= right]
    seen = "".join(w.text for w in sorted(near, key=lambda w: w.x0))
    return "".join(w.text for w in row) in seen


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
