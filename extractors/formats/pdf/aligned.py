"""Tables without rules: words that stand in columns over several rows, and are no columns of prose."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise
from statistics import mean

from extractors.formats.pdf import text
from extractors.formats.pdf.geometry import Line, Word, union
from extractors.formats.pdf.lines import rows_of
from extractors.formats.pdf.numbering import follows, kind_of
from extractors.formats.pdf.tables import Table, column_gaps

_FIGURE = re.compile(r"^(?:[£$€(-]?[\d.,/:%)–-]+|[ivxlc]{1,6})$")
_PROSE_FILL = 0.7
_MIN_ROWS = 3
_TAB = 0.8
"""Blank before a cell, in sizes, where one above it begins at the same place."""
_USUAL_ENTRY, _LONGEST_ENTRY = 4, 12
"""Lines of print in an entry of a glossary; side headings stand beside longer text, which is no table."""


def find(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """Tables made by alignment alone, and the lines outside them.

    Args:
        lines: a page's lines without its furniture.
    """
    tables: list[Table] = []
    taken: set[int] = set()
    for run in _runs(_centred(_cut_at_columns(rows_of(lines)))):
        table = _table(run)
        if table is not None:
            tables.append(table)
            taken.update(id(word) for row in run for line in row for word in line.words)
    return tables, [line for line in lines if id(line.words[0]) not in taken]


def _cut_at_columns(rows: list[list[Line]]) -> list[list[Line]]:
    """Part lines below rows of several cells where the cells of such rows begin, though the blank there is narrow."""
    begun = Counter(round(cell.x0) for row in rows for cell in sorted(row, key=lambda p: p.x0)[1:])
    columns = {x for x, often in begun.items() if often >= _MIN_ROWS}
    done: list[list[Line]] = []
    for row in rows:
        beside = done[-1] if done else []
        under = len(row) == 1 < len(beside) and _near(beside, row) and abs(row[0].x0 - beside[0].x0) < 1
        done.append(_cut(row[0], columns) if under else row)
    return done


def _cut(line: Line, columns: Set[int]) -> list[Line]:
    cells: list[list[Word]] = [[]]
    for last, word in zip([None, *line.words], line.words, strict=False):
        wide = last is not None and word.x0 - last.x1 > _TAB * line.size
        if wide and round(word.x0) in columns:
            cells.append([])
        cells[-1].append(word)
    item = len(cells[0]) == 1 and kind_of(cells[0][0].text) is not None
    return [line] if item or len(cells) == 1 else [Line(cell, page=line.page).measured() for cell in cells]


def _centred(rows: list[list[Line]]) -> list[list[Line]]:
    """Put a cell that stands halfway between two lines of its neighbour, as centred ones do, beside the first."""
    done: list[list[Line]] = []
    for index, row in enumerate(rows):
        after = rows[index + 1] if index + 1 < len(rows) else []
        if len(row) == len(after) == 1 and done and len(done[-1]) == 1 and _between(done[-1][0], row[0], after[0]):
            done[-1].append(row[0])
        else:
            done.append(row)
    return done


def _between(above: Line, cell: Line, below: Line) -> bool:
    apart = cell.x1 < above.x0 - cell.size or cell.x0 > above.x1 + cell.size
    return apart and abs(above.x0 - below.x0) < 2 and below.base - above.base < 1.45 * above.size


def _runs(rows: Sequence[list[Line]]) -> list[list[list[Line]]]:
    """Stretches of rows that begin and end with several cells; single cells between them may be wrapped ones."""
    runs: list[list[list[Line]]] = []
    run: list[list[Line]] = []
    for index, row in enumerate(rows):
        if run and not _near(run[-1], row):
            runs.append(run)
            run = []
        if len(row) > 1 or run or _leads(row, rows[index + 1] if index + 1 < len(rows) else []):
            run.append(row)
    runs.append(run)
    trimmed: list[list[list[Line]]] = []
    for run in runs:
        for part in _without_wide(run):
            while part and len(part[-1]) == 1 and not _continues(part):
                part.pop()
            while len(part) > 1 and len(part[0]) == 1 and not _leads(part[0], part[1]):
                part.pop(0)
            if sum(len(row) > 1 for row in part) >= _MIN_ROWS:
                trimmed.append(part)
    return trimmed


def _leads(row: list[Line], below: list[Line]) -> bool:
    """Whether a single cell is the first line of one that wraps into the row below, as in a list of contents."""
    if len(below) < 2:
        return False
    first, under = row[0], min(below, key=lambda p: p.x0)
    alike = first.bold == under.bold and abs(first.size - under.size) < 0.1 * under.size
    return abs(first.x0 - under.x0) < 2 and under.base - first.base < 1.5 * first.size and alike


def _continues(run: list[list[Line]]) -> bool:
    """Whether a last single cell is the rest of a wrapped cell above it."""
    if len(run) < 2:
        return False
    last, above = run[-1][0], run[-2]
    return last.base - above[0].base < 1.5 * last.size and any(
        abs(last.x0 - c.x0) < 2 and last.x1 < c.x1 + 30 for c in above
    )


def _near(above: list[Line], row: list[Line]) -> bool:
    size = max(above[0].size, row[0].size)
    return row[0].base - above[0].base < 3.2 * size


def _without_wide(run: list[list[Line]]) -> list[list[list[Line]]]:
    """Part a run at lines that reach over the whole width, which no cell does."""
    if not run:
        return []
    last = [max(row, key=lambda p: p.x0).x0 for row in run if len(row) > 1]
    if not last:
        return []
    edge = sorted(last)[len(last) // 4]  # a header set as one piece begins further left than the column it names
    left = min(min(line.x0 for line in row) for row in run if len(row) > 1)
    width = max(line.x1 for row in run for line in row) - min(line.x0 for row in run for line in row)
    parts: list[list[list[Line]]] = [[]]
    for index, row in enumerate(run):
        only = row[0]
        if len(row) == 1 and index + 1 < len(run) and only.x1 < edge and _leads(row, run[index + 1]):
            parts[-1].append(row)
            continue
        if len(row) == 1 and (
            only.x0 < left - 8
            or only.x0 < edge - 2 < edge + 2 < only.x1
            or (only.x1 - only.x0 > 0.6 * width and not _in_column(only, run))
        ):
            parts += [[row], []]
        else:
            parts[-1].append(row)
    return _rejoined(parts)


def _in_column(line: Line, run: Sequence[Sequence[Line]]) -> bool:
    """Whether the last cells of three rows begin where a line does: then it is one more line of such a cell."""
    return sum(len(row) > 1 and abs(max(c.x0 for c in row) - line.x0) < 2 for row in run) >= _MIN_ROWS


def _rejoined(parts: list[list[list[Line]]]) -> list[list[list[Line]]]:
    """Put two parts back together where one short line over the whole width, such as a sub-heading, stands between."""
    done = [parts[0]]
    for between, after in zip(parts[1::2], parts[2::2], strict=True):
        before = done[-1]
        if len(between[0][0].words) <= 14 and _columns_agree(before, after):
            done[-1] = [*before, *between, *after]
        else:
            done.append(after)
    return done


def _columns_agree(a: Sequence[Sequence[Line]], b: Sequence[Sequence[Line]]) -> bool:
    wide_a, wide_b = [r for r in a if len(r) > 1], [r for r in b if len(r) > 1]
    if not wide_a or not wide_b:
        return False
    return all(
        abs(min(pick(line.x0 for line in r) for r in wide_a) - min(pick(line.x0 for line in r) for r in wide_b)) < 3
        for pick in (min, max)
    )


def _table(run: Sequence[Sequence[Line]]) -> Table | None:
    lines = [line for row in run for line in row]
    words = [w for row in run for line in row if not _spans(row, run) for w in line.words]
    rect = union(line.rect for line in lines)
    gaps = column_gaps(words, rect)
    columns = len(gaps) + 1
    members = _members(lines, gaps, columns)
    if not gaps or len(words) < 6 or lists_beside(members):
        return None
    starts = _entries(run, gaps[0], members)
    if not starts:
        if sum(_is_prose(m) for m in members) >= (1 if columns == 2 else 2):
            return None
        if columns == 2 and not _keyed(members):
            return None
        starts = _row_starts(run, gaps, members)
    if len(starts) < _MIN_ROWS:
        return None
    cells = _fill(run, starts, gaps, columns)
    filled = sum(bool(c) for row in cells for c in row)
    if filled < (0.75 if columns == 2 else 0.35) * len(cells) * columns:
        return None
    rows = [[text.join_lines(text.line_text(Line(ws).measured()) for ws in _split(c)) for c in row] for row in cells]
    return Table(rect, rows, [line for row in run for line in sorted(row, key=lambda p: p.x0)])


def lists_beside(members: Sequence[Sequence[Line]]) -> bool:
    """Whether columns hold two lists, to be read one after the other: bullets in both, or numbers that go on.

    Args:
        members: the lines that begin in each column; a label and its text may have a column each.
    """
    heads = [column for column in members if len(column) >= _MIN_ROWS and all(map(_labelled, column))]
    if len(heads) != 2 or heads[0] is not members[0] or len(members) > 4:
        return False
    left, right = heads
    if all(kind_of(line.words[0].text) == "bullet" for line in (*left, *right)):
        return True
    last, first = max(left, key=lambda p: p.base).words[0].text, min(right, key=lambda p: p.base).words[0].text
    return follows(last, first)


def _labelled(line: Line) -> bool:
    return len(line.words) > 1 and kind_of(line.words[0].text) is not None


def _spans(row: Sequence[Line], run: Sequence[Sequence[Line]]) -> bool:
    """Whether a row is one line across the place where the last cells of the others begin."""
    edge = min(max(line.x0 for line in r) for r in run if len(r) > 1)
    return len(row) == 1 and row[0].x0 < edge < row[0].x1


def _split(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in words:
        if rows and abs(rows[-1][-1].base - word.base) < 0.4 * word.style.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _members(lines: Sequence[Line], gaps: Sequence[float], columns: int) -> list[list[Line]]:
    members: list[list[Line]] = [[] for _ in range(columns)]
    for line in lines:
        members[bisect_right(gaps, line.x0)].append(line)
    return members


def _is_prose(column: Sequence[Line]) -> bool:
    """Lines that fill their column, word after word, as sentences do."""
    if len(column) < 3:
        return False
    width = max(line.x1 for line in column) - min(line.x0 for line in column)
    fill = mean((line.x1 - line.x0) / max(width, 1) for line in column)
    return fill > _PROSE_FILL and mean(len(line.words) for line in column) > 4.2


def _entries(run: Sequence[Sequence[Line]], gap: float, members: Sequence[Sequence[Line]]) -> list[int]:
    """Where the entries of a glossary or a summary of particulars begin; empty where it is none.

    Its terms stand in a narrow first column, each beside its meaning, which may be prose of some lines, and white
    space parts the entries. Columns of prose are never blank at the same heights again and again.
    """
    groups = _groups(run)
    first, rest = members[0], [line for m in members[1:] for line in m]
    if len(groups) < _MIN_ROWS or not first or not rest or _is_prose(first):
        return []
    width = max(line.x1 for line in rest) - min(line.x0 for line in first)
    if max(line.x1 for line in first) - min(line.x0 for line in first) > 0.45 * width:
        return []
    for low, high in groups:
        sides = {line.x0 > gap for row in run[low:high] for line in row}
        if (len(sides) < 2 and not _spans(run[low], run)) or high - low > _LONGEST_ENTRY:
            return []
    lengths = sorted(high - low for low, high in groups)
    return [low for low, _ in groups] if lengths[len(lengths) // 2] <= _USUAL_ENTRY else []


def _keyed(members: Sequence[Sequence[Line]]) -> bool:
    """Whether one of two columns is short beside the other or holds figures: two even columns are columns of text."""
    if any(_figures(column) for column in members):
        return True
    left, right = (mean(line.x1 - line.x0 for line in column) if column else 0.0 for column in members)
    return left < 0.5 * right


def _figures(column: Sequence[Line]) -> bool:
    return bool(column) and mean(bool(_FIGURE.match(line.text)) for line in column) > 0.8


def _numbers_pages(column: Sequence[Line]) -> bool:
    """Whether a column counts up, as the page numbers of a list of contents do: each begins an entry of its own."""
    figures = [int(line.text) for line in column if line.text.isdecimal() and len(line.text) < 5]
    return len(figures) > 0.8 * len(column) and len(figures) >= _MIN_ROWS and figures == sorted(figures)


def _row_starts(run: Sequence[Sequence[Line]], gaps: Sequence[float], members: Sequence[Sequence[Line]]) -> list[int]:
    """Indices of the lines of print with which rows of the table begin."""
    if len(run) < 2:
        return [0]
    groups = _groups(run)
    if _numbers_pages(members[-1]):
        return _entry_starts(run, gaps[-1])
    if len(groups) >= _MIN_ROWS and max(len(range(*g)) for g in groups) <= 6:
        return [g[0] for g in groups]
    if _figures(members[-1]):
        return _entry_starts(run, gaps[-1])
    starts: list[int] = []
    for low, high in groups:
        inner = [i for i in range(low, high) if i == low or any(line.x0 < gaps[0] for line in run[i])]
        starts.extend(inner)
    if len(starts) >= _MIN_ROWS:
        return starts
    return [i for i, row in enumerate(run) if i == 0 or len(row) > 1]


def _entry_starts(run: Sequence[Sequence[Line]], gap: float) -> list[int]:
    """Entries of a list of contents: a long line without a page number goes with the next, a short one before."""
    numbered = [any(line.x0 > gap for line in row) for row in run]
    left = min(line.x0 for row in run for line in row)
    long = [max(line.x1 for line in row) - left > 0.55 * (gap - left) for row in run]
    starts = [0]
    for i in range(1, len(run)):
        begun = not numbered[i - 1] and long[i - 1]
        rest = not numbered[i] and not long[i]
        if not begun and not rest:
            starts.append(i)
    return starts


def _groups(run: Sequence[Sequence[Line]]) -> list[tuple[int, int]]:
    """Stretches of lines of print between wider steps."""
    steps = [b[0].base - a[0].base for a, b in pairwise(run)]
    least = min(steps)
    cuts = [i for i, step in enumerate(steps, 1) if step > 1.25 * least + 0.5]
    return list(zip([0, *cuts], [*cuts, len(run)], strict=True))


def _fill(
    run: Sequence[Sequence[Line]], starts: Sequence[int], gaps: Sequence[float], columns: int
) -> list[list[list[Word]]]:
    cells: list[list[list[Word]]] = [[[] for _ in range(columns)] for _ in starts]
    for index, row in enumerate(run):
        at = bisect_right(starts, index) - 1
        for line in sorted(row, key=lambda p: p.x0):
            if len(row) == 1 and any(line.x0 < g < line.x1 for g in gaps):
                cells[at][0].extend(line.words)
                continue
            for word in line.words:
                cells[at][bisect_right(gaps, (word.x0 + word.x1) / 2)].append(word)
    return cells
