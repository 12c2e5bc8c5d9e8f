"""Tables with ruled lines: their grid from the rules, their cells from the words between them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.formats.pdf import jointed, text
from extractors.formats.pdf.drafts import Draft, Listed
from extractors.formats.pdf.geometry import Line, PageContent, Rect, Word, union
from extractors.formats.pdf.grids import Grid, edges_of, grids, split_rows
from extractors.formats.pdf.lines import lines_of, rows_of
from extractors.records import BlockKind

_FIGURES = re.compile(r"^[\d.()a-z]{0,5}$")
_CLOSE = 0.9
_CLOSE_RULED = 0.7


@dataclass(slots=True)
class Table:
    """A table's box, its cells and its lines."""

    rect: Rect
    rows: list[list[str]]
    lines: list[Line]
    listed: tuple[Listed, ...] = ()

    def draft(self) -> Draft:
        """The table as a block in the making."""
        return Draft(BlockKind.TABLE, self.lines, rows=self.rows, rect=self.rect, listed=self.listed)


@dataclass(slots=True)
class Layout:
    """A grid whose cells hold running text, as coroners' forms do: read cell by cell, not as data."""

    rect: Rect
    cells: list[list[Word]]


def ruled(content: PageContent, words: Sequence[Word]) -> tuple[list[Table], list[Layout], list[Word]]:
    """Ruled tables of a page, grids that are only layout, and the words outside both."""
    level, upright = edges_of(content.shapes)
    if not level:
        return [], [], list(words)
    found = jointed.grids(content.shapes, upright, words)
    found += sorted(grids(level, upright), key=lambda g: -(g.rect[2] - g.rect[0]) * (g.rect[3] - g.rect[1]))
    tables: list[Table] = []
    layouts: list[Layout] = []
    rest = list(words)
    for grid in found:
        held = _within(rest, grid.rect) if grid.framed else open_ends(grid, rest)
        made = _read(grid, held, content.number) if len(held) > 1 else None
        if made is None:
            continue
        made.rect = _on_page(made.rect, content)
        taken = {id(w) for w in held}
        rest = [w for w in rest if id(w) not in taken]
        if isinstance(made, Table):
            tables.append(made)
        else:
            layouts.append(made)
    return tables, layouts, rest


def _on_page(rect: Rect, content: PageContent) -> Rect:
    """A box without what lies beyond the page, where rules may run on."""
    return (max(0.0, rect[0]), max(0.0, rect[1]), min(content.width, rect[2]), min(content.height, rect[3]))


def _within(words: Sequence[Word], rect: Rect) -> list[Word]:
    x0, top, x1, bottom = 2 * rect[0] - 2, rect[1] - 1, 2 * rect[2] + 2, rect[3] + 1
    return [w for w in words if x0 <= w.x0 + w.x1 <= x1 and top <= w.base - 0.3 * w.style.size <= bottom]


def _read(grid: Grid, words: list[Word], page: int) -> Table | Layout | None:
    grid = refine(grid, words)
    cells = _cells(grid, words)
    columns = {j for _, j in cells}
    rows = {i for i, _ in cells}
    if grid.upright == 0 or len(columns) < 2:
        return _by_gaps(grid, words, page) if len(grid.ys) > 3 and grid.upright == 0 else None
    if (len(rows) == 1 and len(columns) < 3) or len(cells) < 0.3 * grid.cells or len(cells) < 3:
        return None
    if _is_layout(cells):
        return Layout(grid.rect, [cells[k] for k in sorted(cells)])
    return _table(grid.rect, cells, page)


def refine(grid: Grid, words: Sequence[Word]) -> Grid:
    """Put in the row borders that are not drawn: below a bold header, and at blank strips over all columns."""
    if len(grid.xs) < 3:
        return grid
    ys = list(grid.ys)
    for top, bottom in pairwise(grid.ys):
        held = [w for w in words if top <= w.base - 0.3 * w.style.size <= bottom]
        ys.extend(_header_border(held, grid.xs) if top == grid.ys[0] else [])
        ys.extend(_strips(held, grid.xs))
    return split_rows(grid, sorted(set(ys))) if len(ys) > len(grid.ys) else grid


def _header_border(words: Sequence[Word], xs: Sequence[float]) -> list[float]:
    """The height between bold words above and plain words below, where there are both."""
    bold = [w for w in words if w.style.bold]
    plain = [w for w in words if not w.style.bold]
    if len(bold) < 2:
        return []
    if len(plain) >= 2:
        low, high = max(w.base for w in bold), min(w.base for w in plain)
        if low < high - 0.5 * bold[0].style.size:
            return [low + 0.25 * bold[0].style.size]
    return _header_gap(words, xs)


def _header_gap(words: Sequence[Word], xs: Sequence[float]) -> list[float]:
    """The height under a bold first line over all columns that stands further off than lines do below it."""
    bands: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.base):
        if bands and word.base - bands[-1][0].base < 0.3 * word.style.size:
            bands[-1].append(word)
        else:
            bands.append([word])
    if len(bands) < 3 or not all(w.style.bold for w in bands[0]):
        return []
    columns = [{bisect_right(xs, w.x0) for w in band} for band in bands]
    steps = [b[0].base - a[0].base for a, b in pairwise(bands)]
    if columns[0] != columns[1] or len(columns[0]) < len(xs) - 1 or steps[0] < 1.25 * min(steps[1:]):
        return []
    return [bands[0][0].base + 0.25 * bands[0][0].style.size]


def _strips(words: Sequence[Word], xs: Sequence[float]) -> list[float]:
    """Heights of blank strips over the whole row, where words in most columns stand between any two."""
    if len(xs) < 4 or len(words) < 6:
        return []
    size = max(w.style.size for w in words)
    bands: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.base):
        if bands and word.top - max(w.bottom for w in bands[-1]) < 0.45 * size:
            bands[-1].append(word)
        else:
            bands.append([word])
    columns = len({bisect_right(xs, w.x0) for w in words})
    if len(bands) < 3 or any(len({bisect_right(xs, w.x0) for w in band}) < 0.6 * columns for band in bands):
        return []
    return [(max(w.bottom for w in a) + min(w.top for w in b)) / 2 for a, b in pairwise(bands)]


def _cells(grid: Grid, words: list[Word]) -> dict[tuple[int, int], list[Word]]:
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        j = bisect_right(grid.xs, (word.x0 + word.x1) / 2) - 1
        i = bisect_right(grid.ys, word.base - 0.3 * word.style.size) - 1
        place = (min(max(i, 0), len(grid.ys) - 2), min(max(j, 0), len(grid.xs) - 2))
        cells.setdefault(grid.owner[place], []).append(word)
    return cells


def _is_layout(cells: dict[tuple[int, int], list[Word]]) -> bool:
    """Whether a first column of bare numbers stands beside one column of prose."""
    columns = sorted({j for _, j in cells})
    first = [" ".join(w.text for w in ws) for (_, j), ws in cells.items() if j == columns[0]]
    longest = max(len(ws) for ws in cells.values())
    if len(columns) == 2 and longest > 60:
        return all(_FIGURES.match(t) for t in first) or len(first) <= 1
    return longest > 350 and len(cells) <= 4


def _table(rect: Rect, cells: dict[tuple[int, int], list[Word]], page: int) -> Table:
    """Rows and columns that hold nothing at all are rules drawn double; they are left out."""
    rows = {i: n for n, i in enumerate(sorted({i for i, _ in cells}))}
    columns = {j: n for n, j in enumerate(sorted({j for _, j in cells}))}
    table = [["" for _ in columns] for _ in rows]
    lines: list[Line] = []
    for (i, j), words in sorted(cells.items()):
        found = [line for row in rows_of(lines_of(words, page)) for line in sorted(row, key=lambda p: p.x0)]
        table[rows[i]][columns[j]] = text.join_lines(text.line_text(line) for line in found)
        lines.extend(found)
    return Table(union([rect, *(line.rect for line in lines)]), table, lines)


def _by_gaps(grid: Grid, words: list[Word], page: int) -> Table | None:
    """A table with rules between rows only: columns where no word of any row stands."""
    gaps = column_gaps(words, grid.rect, _CLOSE_RULED)
    if not gaps:
        return None
    xs = [grid.rect[0], *gaps, grid.rect[2]]
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        j = bisect_right(xs, (word.x0 + word.x1) / 2) - 1
        i = bisect_right(grid.ys, word.base - 0.3 * word.style.size) - 1
        cells.setdefault((i, max(0, j)), []).append(word)
    if len({i for i, _ in cells}) < 2 or len({j for _, j in cells}) < 2:
        return None
    return _table(grid.rect, cells, page)


def open_ends(grid: Grid, words: Sequence[Word]) -> list[Word]:
    """Words of the rows above the first and below the last rule that stand in the table's columns."""
    x0, top, x1, bottom = grid.rect
    held = _within(words, grid.rect)
    gaps = column_gaps(held, grid.rect, _CLOSE_RULED) if held else []
    if not gaps:
        return held
    beside = [w for w in words if w.x0 >= x0 - 2 and w.x1 <= x1 + 2]
    above = sorted((w for w in beside if w.base <= top + 1), key=lambda w: -w.base)
    below = sorted((w for w in beside if w.top >= bottom - 1), key=lambda w: w.base)
    return held + _reach(above, top, gaps, up=True) + _reach(below, bottom, gaps, up=False)


def _reach(words: Sequence[Word], edge: float, gaps: Sequence[float], *, up: bool) -> list[Word]:
    taken: list[Word] = []
    for word in words:
        distance = edge - word.bottom if up else word.top - edge
        if distance > 1.1 * word.style.size or any(w.x0 < g < w.x1 for g in gaps for w in (word,)):
            break
        taken.append(word)
        edge = min(edge, word.top) if up else max(edge, word.bottom)
    return taken if len({bisect_right(gaps, w.x0) for w in taken}) > len(gaps) / 2 + 0.4 else []


def column_gaps(words: Sequence[Word], rect: Rect, least: float = _CLOSE) -> list[float]:
    """Middles of the upright strips, at least a letter wide, that no word touches."""
    spans = sorted((w.x0, w.x1) for w in words)
    size = max(w.style.size for w in words)
    gaps: list[float] = []
    reach = rect[0]
    for x0, x1 in spans:
        if x0 - reach > least * size and reach > rect[0]:
            gaps.append((x0 + reach) / 2)
        reach = max(reach, x1)
    return gaps
