"""Justified lines whose blanks were stretched so far that they look like gaps between columns."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.formats.pdf.geometry import Line

_NEAR = 2
"""Rows above and below in which a line may show that no gutter runs through the gaps."""
_ALIKE = 1.25
_MANY, _SAME = 7, 0.5
"""Pieces of a row, and by how many points the gaps between them may differ, to be one line whatever stands nearby."""
_AFTER_STOP = 2.5
"""Blanks after a full stop may be two, and so be stretched twice as far."""


def mended(rows: list[list[Line]]) -> list[Line]:
    """The lines of all rows, the pieces of a stretched one in one.

    All blanks of a justified line are stretched alike. A row of pieces is such a line where the gaps between them
    are as wide as the blanks within, it ends at the edge at which a line above or below ends that crosses the gaps.
    Single words with the very same gap between them, however long each is, need no such line.

    Args:
        rows: of pieces without a wide gap, from top to bottom, each row from left to right.
    """
    lines: list[Line] = []
    for place, row in enumerate(rows):
        near = rows[max(0, place - _NEAR) : place + _NEAR + 1]
        if len(row) > 1 and (_even(row) or (_crossed(row, near) and _stretched(row))):
            lines.append(Line([word for piece in row for word in piece.words]).measured())
        else:
            lines.extend(row)
    return lines


def _crossed(row: Sequence[Line], near: Sequence[Sequence[Line]]) -> bool:
    """Whether a line of one piece nearby runs over all gaps of the row and ends where it ends."""
    end = row[-1].x1
    return any(
        len(other) == 1 and abs(other[0].x1 - end) < 1 and other[0].x0 < row[0].x1 - 1 and other[0].size == row[0].size
        for other in near
    )


def _even(row: Sequence[Line]) -> bool:
    """Whether many pieces of unlike length stand equally far apart, as no cells of a table do."""
    if len(row) < _MANY or row[1].x0 - row[0].x1 > 3 * row[0].size:
        return False
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    widths = sorted(piece.x1 - piece.x0 for piece in row)
    return max(gaps) - min(gaps) < _SAME and widths[-1] > 2 * widths[0]


def _stretched(row: Sequence[Line]) -> bool:
    """Whether the gaps between the pieces are as wide as the blanks of the whole row."""
    words = [word for piece in row for word in piece.words]
    blanks = [b.x0 - a.x1 for a, b in pairwise(words) if not b.glued]
    usual = median(blanks)
    if len(blanks) < 3 or usual > 3 * row[0].size:
        return False
    for left, right in pairwise(row):
        most = _AFTER_STOP if left.text[-1] in '.:;?!"”’)' else _ALIKE
        if not 0 < right.x0 - left.x1 <= most * usual:
            return False
    return True
