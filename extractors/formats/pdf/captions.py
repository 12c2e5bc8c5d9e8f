"""Captions of figures and tables."""

import re
from collections.abc import Sequence

from extractors.formats.pdf import contents
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Shape
from extractors.records import BlockKind

_NAMED = re.compile(
    r"^(?:figure|fig\.?|table|chart|map|photo(?:graph)?|image|diagram|plate|exhibit|graph|illustration|graphique|tableau|carte)\s*"
    r"(?:\d{1,3}|[A-Z]|[ivx]{1,5})(?:[.-]\d{1,3})*[a-z]?\s*(?P<mark>[:.–—-]|$)?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)


def is_caption(text: str) -> bool:
    """Whether a block reads as a caption: 'Figure 4: …', not 'Figure 4 shows …'.

    Examples:
        >>> [is_caption(t) for t in ("Figure 4: The yard", "Table 2. Stops", "Figure 4 shows that", "The yard")]
        [True, True, False, False]
    """
    found = _NAMED.match(text)
    if not found or len(text) > 500:
        return False
    if found["mark"]:
        return True
    rest = found["rest"]
    return bool(rest) and (rest[0].isupper() or rest[0] in "‘“(\"'") and not rest.rstrip().endswith(".")


def mark(drafts: Sequence[Draft], pictures: Sequence[tuple[int, Shape]], size: float) -> None:
    """Make captions of drafts that name a figure, or stand by a picture in a type of their own."""
    for draft in drafts:
        if draft.kind is not BlockKind.PARAGRAPH or draft.rows or draft.entry or contents.titles(draft.lines[0]):
            continue
        if is_caption(draft.said) or (not draft.label and _beside_picture(draft, pictures) and _set_apart(draft, size)):
            draft.kind = BlockKind.CAPTION


def _set_apart(draft: Draft, size: float) -> bool:
    length = sum(len(line.text) for line in draft.lines)
    return 8 < length < 250 and draft.size < 1.05 * size and (draft.size < 0.93 * size or draft.bold or draft.italic)


def _beside_picture(draft: Draft, pictures: Sequence[tuple[int, Shape]]) -> bool:
    first, last = draft.lines[0], draft.lines[-1]
    reach = 2.2 * first.size
    left, right = min(line.x0 for line in draft.lines), max(line.x1 for line in draft.lines)
    for page, shape in pictures:
        if page != first.page or right < shape.x0 or left > shape.x1:
            continue
        if -first.size < first.top - shape.bottom < reach or -first.size < shape.top - last.bottom < reach:
            return True
    return False
