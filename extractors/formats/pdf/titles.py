"""The document's own title."""

import re
from collections.abc import Sequence

from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.text import clean
from extractors.records import Block, BlockKind

_SENSELESS = re.compile(
    r"^(untitled|document\d*|microsoft|slide|powerpoint|layout|print|scan|\S+\.(docx?|pdf|indd|pptx?|rtf|qxd)|.{0,3})|\.(docx?|pdf|indd)$",
    re.IGNORECASE,
)


def title_of(named: str, drafts: Sequence[Draft], blocks: Sequence[Block]) -> str | None:
    """The metadata's title where it is sensible, else the outermost heading of the first page that has any."""
    named = clean(named)
    if named and not _SENSELESS.search(named) and " " in named:
        return named
    first = [d for d in drafts if d.kind is BlockKind.HEADING and d.page <= 2]
    if first:
        largest = max(first, key=lambda d: (d.page == first[0].page, -(d.level or 1), d.size))
        return clean(largest.said)[:300] or None
    return next((b.text[:200] for b in blocks if b.kind is BlockKind.HEADING), None)
