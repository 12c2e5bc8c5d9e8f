"""Which blocks are headings, and how deep."""

import re
from collections import Counter
from collections.abc import Sequence

from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.numbering import clean_number, depth
from extractors.records import BlockKind

_CHAPTER = re.compile(r"^(chapter|part|annex|appendix|volume|section)\s+[\dA-Z]+", re.IGNORECASE)


def body_size(drafts: Sequence[Draft]) -> float:
    """The size most characters are set in."""
    sizes: Counter[float] = Counter()
    for draft in drafts:
        for line in draft.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def body_bold(drafts: Sequence[Draft]) -> bool:
    """Whether most text is bold, so that bold says nothing."""
    bold = sum(len(line.text) for d in drafts for line in d.lines if line.bold)
    return bold > 0.5 * sum(len(line.text) for d in drafts for line in d.lines)


def mark(drafts: Sequence[Draft]) -> None:
    """Turn the drafts that are headings into such, with levels by size, weight and number."""
    size = body_size(drafts)
    plain_bold = not body_bold(drafts)
    found = [
        d for d in drafts if d.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and is_heading(d, size, plain_bold)
    ]
    for draft in found:
        draft.kind = BlockKind.HEADING
    set_levels(found)


def is_heading(draft: Draft, size: float, bold_counts: bool) -> bool:
    """Whether a draft is set as a heading."""
    text = " ".join(line.text for line in draft.lines)
    letters = sum(c.isalpha() for c in text)
    if draft.label_kind == "bullet" or letters < 3 or len(draft.lines) > 5 or len(text) > 260:
        return False
    if draft.size >= 1.14 * size and len(text) < 220:
        return letters > 0.4 * len(text)
    if text.rstrip().endswith((".", ";", ",")) and len(text) > 60:
        return False
    if draft.size < 0.95 * size:
        return False
    own_bold = all(w.style.bold for line in draft.lines for w in line.words[line.label_words :])
    if bold_counts and own_bold and len(text) < 200 and len(draft.lines) <= 3:
        return not text.rstrip().endswith((";", ","))
    return (
        letters > 4
        and text.upper() == text
        and len(text) < 120
        and len(draft.lines) <= 2
        and not text.endswith((";", ","))
    )


def set_levels(found: Sequence[Draft]) -> None:
    """Level by rank of the size and weight among the document's headings; a number's depth goes before."""
    styles = Counter((round(d.size), d.bold) for d in found)
    ranked = sorted(styles, key=lambda s: (-s[0], not s[1]))
    for draft in found:
        rank = ranked.index((round(draft.size), draft.bold)) + 1
        if draft.label and draft.label_kind in ("number", "plain"):
            draft.level = depth(clean_number(draft.label))
        else:
            draft.level = min(rank, 6)
