"""Lists of contents: each becomes a table of what its entries name and the pages these are on.

Where two lists stand side by side, the page numbers of the left one end a column like those of the right one, and
the lists are read one after the other, whether or not their lines share baselines.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.formats.pdf import text
from extractors.formats.pdf.drafts import Listed
from extractors.formats.pdf.geometry import Line, union
from extractors.formats.pdf.lines import rows_of
from extractors.formats.pdf.tables import Table

_TITLE = re.compile(r"^(?:(?:table|list) of )?(?:contents?|figures|tables|maps|boxes|illustrations):?$", re.IGNORECASE)
_PAGE = re.compile(r"^(?:\d{1,4}|[A-Z]-?\d{1,3}|[ivxl]{1,7}|[IVXL]{1,7})$")
_LED = re.compile(r"^(?P<title>.*?)[\s.…·_]*(?:\.{4}|…{2}|_{4}|(?:[.…·] ){3})[\s.…·_]*(?P<page>\S{0,5})$")
_LEADS = ("....", ". . .", "……", "… …", "____", "· · ·")
_LAST = frozenset("0123456789ivxlIVXL")
_FEWEST = 3
_FAR = 3.2
"""Sizes between baselines over which no list goes on."""
_WRAPS = 1.5
_LONG = 0.55
"""Share of the measure that a line without a page number takes if it goes on below."""


@dataclass(slots=True)
class _Row:
    """A line of print of one list, as far as it is known what it says."""

    lines: list[Line]
    title: str
    page: str
    led: bool

    @property
    def first(self) -> Line:
        return self.lines[0]


def titles(line: Line) -> bool:
    """Whether a line is the title of a list of contents."""
    return len(line.text) < 20 and bool(_TITLE.match(line.text))


def find(
    lines: Sequence[Line], aside: Sequence[Line] = (), *, since: int | None = None
) -> tuple[list[Table], list[Line]]:
    """Lists of contents, column by column, and the lines outside them.

    Args:
        lines: a page's lines without its furniture.
        aside: its furniture, in which the last entry's number may be.
        since: the last number of the list with which the page before ended, which may go on here.
    """
    titled = any(map(titles, lines))
    led = [line for line in lines if line.text[-1:] in _LAST and any(lead in line.text for lead in _LEADS)]
    if len(led) < _FEWEST and not titled and since is None:
        return [], list(lines)
    parts = [part for line in lines for part in _parted(line, lines)] if titled or since is not None else lines
    found: list[Table] = []
    candidates = [*parts, *(line for line in aside if _PAGE.match(line.text))]
    numbers = [line for line in candidates if _PAGE.match(line.text)]
    own = {id(line) for line in parts}
    low = float("-inf")
    for edge in _edges([*led, *numbers]):
        strip = [line for line in candidates if low < line.x0 and line.x1 < edge + 0.5]
        rows = [row for row in rows_of(strip) if any(id(line) in own for line in row)]
        runs = [run for run in _runs(rows, edge) if len(run) >= _FEWEST]
        listed = [_table(run, edge) for run in runs if _is_list(run, named=titled or _resumes(run, lines, since))]
        low = edge if listed else low
        found = _side_by_side(found, listed)
    taken = {id(line) for table in found for line in table.lines}
    return found, [line for line in (parts if found else lines) if id(line) not in taken]


def _parted(line: Line, lines: Sequence[Line]) -> list[Line]:
    """A line, without the number of the list to its left where that was taken for its label."""
    if line.label_words != 1 or not line.label.isdecimal() or line.text_x0 - line.words[0].x1 < 1.5 * line.size:
        return [line]
    if not any(other.x1 < line.x0 and abs(other.base - line.base) < 0.3 * line.size for other in lines):
        return [line]
    return [Line(words, page=line.page).measured() for words in (line.words[:1], line.words[1:])]


def _side_by_side(before: Sequence[Table], right: Sequence[Table]) -> list[Table]:
    """Tables with those to their right; two at one height are one list in two columns, the left read first."""
    tables = list(before)
    for table in right:
        beside = next((t for t in tables if min(t.rect[3], table.rect[3]) > max(t.rect[1], table.rect[1])), None)
        if beside is None:
            tables.append(table)
            continue
        rect = union((beside.rect, table.rect))
        rows, lines = [*beside.rows, *table.rows], [*beside.lines, *table.lines]
        tables[tables.index(beside)] = Table(rect, rows, lines, (*beside.listed, *table.listed))
    return tables


def _edges(ends: Sequence[Line]) -> Iterable[float]:
    """Right edges of columns of page numbers, from left to right."""
    ordered = sorted(ends, key=lambda line: line.x1)
    group: list[Line] = []
    for line in ordered:
        if group and line.x1 - group[-1].x1 > 1.2 * line.size:
            yield from [group[-1].x1] if len(group) >= _FEWEST else []
            group = []
        group.append(line)
    yield from [group[-1].x1] if len(group) >= _FEWEST else []


def _runs(rows: Sequence[list[Line]], edge: float) -> list[list[_Row]]:
    """Stretches of rows with hardly any space between, without what stands before and after their entries."""
    runs: list[list[_Row]] = [[]]
    for printed in rows:
        row = _row(sorted(printed, key=lambda line: line.x0), edge)
        last = runs[-1][-1].first if runs[-1] else row.first
        apart = row.first.base - last.base > _FAR * max(last.size, row.first.size)
        larger = not row.page and row.first.size > 1.14 * last.size
        runs += [[]] if apart or larger else []
        runs[-1].append(row)
    return [_trimmed(run, edge) for run in runs]


def _row(lines: list[Line], edge: float) -> _Row:
    said = " ".join(text.line_text(line) for line in lines)
    led = _LED.match(said) if any(lead in said for lead in _LEADS) else None
    if led and (_PAGE.match(led["page"]) or not led["page"]):
        return _Row(lines, led["title"], led["page"], led=True)
    end = lines[-1].words[-1]
    if edge - end.x1 < 1.2 * lines[-1].size and _PAGE.match(end.text) and said != end.text:
        return _Row(lines, said.removesuffix(end.text).rstrip(), end.text, led=False)
    return _Row(lines, said, "", led=False)


def _trimmed(run: list[_Row], edge: float) -> list[_Row]:
    while run and not run[0].page and not (len(run) > 1 and _goes_on(run[0], run[1], run, edge)):
        run = run[1:]
    while run and not run[-1].page and not (len(run) > 1 and _ends(run[-2], run[-1], run, edge)):
        run = run[:-1]
    return run


def _resumes(run: Sequence[_Row], lines: Sequence[Line], since: int | None) -> bool:
    """Whether rows open their page and count on from the last number of the page before."""
    figures = [int(row.page) for row in run if row.page.isdecimal()]
    above = sum(line.base < run[0].first.base - line.size for line in lines)
    return since is not None and bool(figures) and figures[0] >= since and above < 2


def _is_list(run: Sequence[_Row], *, named: bool) -> bool:
    """Whether rows are entries: their dots lead to a number, or, where a title says so, their numbers count up."""
    paged = [row for row in run if row.page]
    if len(paged) < _FEWEST or len(paged) < 0.5 * len(run):
        return False
    if sum(row.led for row in paged) >= _FEWEST:
        return True
    figures = [int(row.page) for row in paged if row.page.isdecimal()]
    rising = sum(a <= b for a, b in pairwise(figures))
    worded = sum(any(map(str.isalpha, row.title)) for row in paged)
    return named and len(figures) >= _FEWEST and rising >= 0.9 * (len(figures) - 1) and worded > 0.9 * len(paged)


def _goes_on(row: _Row, below: _Row, run: Sequence[_Row], edge: float) -> bool:
    """Whether a line without a page number goes on in the next: it is long, and the next is set like it."""
    if row.page or not _alike(row, below):
        return False
    left = min(r.first.x0 for r in run)
    return row.lines[-1].x1 - left > _LONG * (edge - left) and below.first.x0 > row.first.x0 - 2


def _ends(above: _Row, row: _Row, run: Sequence[_Row], edge: float) -> bool:
    """Whether a line is the rest of an entry whose number stands on its first line; after dots there is none."""
    if not above.page or above.led or row.page or not _alike(above, row):
        return False
    left = min(r.first.x0 for r in run)
    return above.lines[0].x1 - left > _LONG * (edge - left) and row.first.x0 > above.first.x0 - 2


def _alike(row: _Row, below: _Row) -> bool:
    a, b = row.first, below.first
    return a.bold == b.bold and abs(a.size - b.size) < 0.1 * a.size and b.base - a.base < _WRAPS * a.size


def _table(run: Sequence[_Row], edge: float) -> Table:
    begun = [_goes_on(row, below, run, edge) for row, below in pairwise(run)]
    rest = [_ends(row, below, run, edge) for row, below in pairwise(run)]
    # A line between two numbers that may belong to either goes with the one below, as most lists have it.
    joins = [
        goes or (ends and not goes_below)
        for goes, ends, goes_below in zip(begun, rest, [*begun[1:], False], strict=True)
    ]
    entries: list[Listed] = []
    held: list[_Row] = []
    for row, joined in zip(run, [*joins, False], strict=True):
        held.append(row)
        if not joined:
            entries.append(_entry(held))
            held = []
    lines = [line for row in run for line in row.lines]
    rows = [[entry.title, entry.page] for entry in entries]
    return Table(union(line.rect for line in lines), rows, lines, tuple(entries))


def _entry(rows: Sequence[_Row]) -> Listed:
    page = next((row.page for row in rows if row.page), "")
    return Listed(text.join_lines(row.title for row in rows), page, tuple(line for row in rows for line in row.lines))
