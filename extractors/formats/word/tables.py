"""A table's cells, merged ones at their first row and column; and which tables only frame text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from extractors.formats.word.xml import child, local, number, seen, value

_PROSE = 400
"""Characters from which a cell is running text rather than data."""


@dataclass(slots=True)
class Cell:
    """One cell: where it starts, and its element; None where it carries on the cell above."""

    column: int
    element: Any


def rows_of(table: Any) -> list[list[Cell]]:
    """The cells of each row by column, as the grid counts them."""
    rows: list[list[Cell]] = []
    for row in (r for r in seen(table) if local(r) == "tr"):
        if child(row, "w:trPr", "w:del") is not None:
            continue
        column = number(row, "w:trPr", "w:gridBefore") or 0
        cells: list[Cell] = []
        for cell in (c for c in seen(row) if local(c) == "tc"):
            merged = child(cell, "w:tcPr", "w:vMerge")
            carried = merged is not None and value(cell, "w:tcPr", "w:vMerge") != "restart"
            cells.append(Cell(column, None if carried else cell))
            column += min(63, max(1, number(cell, "w:tcPr", "w:gridSpan") or 1))
        rows.append(cells)
    return rows


def texts_of(rows: list[list[Cell]], read: Callable[[Any], str]) -> list[list[str]]:
    """The texts of a table's cells; columns in which no cell starts are left out."""
    starts = sorted({cell.column for row in rows for cell in row})
    place = {column: index for index, column in enumerate(starts)}
    table = [["" for _ in starts] for _ in rows]
    for index, row in enumerate(rows):
        for cell in row:
            if cell.element is not None:
                table[index][place[cell.column]] = read(cell.element)
    return table


def frames_text(rows: list[list[Cell]]) -> bool:
    """Whether a table only frames text: one column, or prose beside a column of bare numbers, as on coroners' forms."""
    columns = {cell.column for row in rows for cell in row}
    if len(columns) < 2:
        return True
    first = min(columns)
    lengths = [_length(c.element) for row in rows for c in row if c.column != first and c.element is not None]
    if len(columns) == 2 and max(lengths, default=0) > _PROSE:
        heads = [plain(c.element) for row in rows for c in row if c.column == first and c.element is not None]
        return all(len(head) <= 4 for head in heads)
    return max(lengths, default=0) > 5 * _PROSE and sum(n > 0 for n in lengths) <= 4


def plain(cell: Any) -> str:
    """All of a cell's words, as they stand in the file."""
    return "".join(t.text or "" for t in cell.iter(qn("w:t"))).strip()


def _length(cell: Any) -> int:
    return len(plain(cell))
