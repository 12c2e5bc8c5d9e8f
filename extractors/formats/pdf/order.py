"""Reading order: which lines belong to which column or box, and what comes first."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from extractors.formats.pdf import side_labels
from extractors.formats.pdf.geometry import PageContent, Rect, inside, union
from extractors.formats.pdf.lines import rows_of

_MIN_PAIRS = 3
_MASTHEAD = 0.25
_PARTS = 1.3
"""How much wider than the gap between lines one is that parts blocks."""


@dataclass(slots=True)
class Region:
    """Something with a box that is read as one: a line, or a box or table with what is in it."""

    rect: Rect
    content: Any
    size: float = 10.0
    inner: "list[Region]" = field(default_factory=list["Region"])


def read_columns(regions: Sequence[Region], depth: int = 0) -> list[list[Region]]:
    """Columns of regions in reading order.

    A gutter is a strip that no line crosses where lines stand side by side. Lines that cross it, such as a
    title over two columns, part the page into bands; within a band the left column is read before the right.
    """
    if len(regions) < 2 * _MIN_PAIRS or depth > 6:
        return _plain(regions) if regions else []
    gutter = find_gutter([r for r in regions if not _is_rule(r)])
    if gutter is None:
        return _plain(regions)
    bands = _bands(regions, gutter)
    if not any(_side_by_side(band, gutter) for band in bands):
        return _plain(regions)
    columns: list[list[Region]] = []
    for band in bands:
        left = [r for r in band if r.rect[2] <= gutter]
        right = [r for r in band if r.rect[0] >= gutter]
        if len(left) + len(right) < len(band):
            columns += [] if all(map(_is_rule, band)) else [band]
            continue
        beside = side_heads(left, right)
        if beside:
            columns.extend(c for pair in beside for part in pair for c in read_columns(part, depth + 1))
            continue
        columns.extend(read_columns(left, depth + 1))
        columns.extend(read_columns(right, depth + 1))
    return _rejoin(columns)


def _plain(regions: Sequence[Region]) -> list[list[Region]]:
    """One column, in parts where a label stands beside some of its text."""
    return [_by_rows(part) for part in side_labels.parted(regions) or [regions]]


def _is_rule(region: Region) -> bool:
    return region.content is None and not region.inner


def _side_by_side(band: Sequence[Region], gutter: float) -> bool:
    """Whether a band has lines to read down on both sides: single cells between full lines are no columns."""
    return min(sum(r.rect[2] <= gutter for r in band), sum(r.rect[0] >= gutter for r in band)) > 1


def side_heads(left: Sequence[Region], right: Sequence[Region]) -> list[tuple[list[Region], list[Region]]]:
    """Pairs of a side heading and the text beside it, where a left column is one of headings; empty where it is not.

    Such a column is narrower than the text, has fewer lines, and each of its headings stands where a block of the
    text begins: a paragraph of a true column is not cut by its neighbour's.
    """
    heads = _clusters(left)
    if not right or len(heads) < 2 or len(left) > 0.6 * len(right):
        return []
    if max(r.rect[2] - r.rect[0] for r in left) > 0.6 * max(r.rect[2] - r.rect[0] for r in right):
        return []
    tops = [_middle(h[0]) - 0.4 * h[0].size for h in heads]
    text = sorted(right, key=lambda r: r.rect[1])
    least = _least_gap(text)
    if sum(_begins_at(text, top, least) for top in tops) < 0.8 * len(tops):
        return []
    places = [max(0, bisect_right(tops, _middle(r)) - 1) for r in text]
    return [(head, [r for r, p in zip(text, places, strict=True) if p == i]) for i, head in enumerate(heads)]


def _middle(region: Region) -> float:
    return (region.rect[1] + region.rect[3]) / 2


def _clusters(regions: Sequence[Region]) -> list[list[Region]]:
    """Regions one below the other, parted where a line would fit between."""
    clusters: list[list[Region]] = []
    for region in sorted(regions, key=lambda r: r.rect[1]):
        if clusters and region.rect[1] - clusters[-1][-1].rect[3] < 0.6 * region.size:
            clusters[-1].append(region)
        else:
            clusters.append([region])
    return clusters


def _least_gap(text: Sequence[Region]) -> float:
    """The white space that parts blocks of a text: more than between its lines, where these are set wide."""
    gaps = sorted(b.rect[1] - a.rect[3] for a, b in pairwise(text))
    least = _PARTS * gaps[len(gaps) // 4] if gaps else 0.0
    return least if gaps and gaps[-1] >= least else 0.0


def _begins_at(text: Sequence[Region], top: float, least: float) -> bool:
    """Whether the text has a gap, or its beginning or end, at a height."""
    above = [r for r in text if _middle(r) < top]
    below = [r for r in text if _middle(r) >= top]
    if not above or not below:
        return True
    return below[0].rect[1] - max(r.rect[3] for r in above) > max(least, 0.35 * below[0].size)


def find_gutter(regions: Sequence[Region]) -> float | None:
    """Where a gutter runs, or None. It has at least three lines on either side with a neighbour across."""
    boxes = np.array([r.rect for r in regions])
    size = float(np.median([r.size for r in regions]))
    x0, top, x1, bottom = boxes.T
    beside = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top) > 0.3 * size
    np.fill_diagonal(beside, val=False)
    if beside.sum() < 2 * _MIN_PAIRS:
        return None
    grid = np.arange(x0.min() + size, x1.max() - size, 2.0)
    if not len(grid):
        return None
    left = x1[None, :] <= grid[:, None] + 0.01
    right = x0[None, :] >= grid[:, None] - 0.01
    near = beside.astype(np.float32)
    left_paired = left & (right.astype(np.float32) @ near > 0)
    right_paired = right & (left.astype(np.float32) @ near > 0)
    score = np.minimum(left_paired.sum(axis=1), right_paired.sum(axis=1))
    crossing = (~left & ~right).sum(axis=1)
    score = np.where(crossing > 0.6 * len(regions), 0, score)
    best = int(score.max())
    if best < _MIN_PAIRS:
        return None
    spots = np.flatnonzero(score == best)
    runs = np.split(spots, np.flatnonzero(np.diff(spots) > 1) + 1)
    widest = max(runs, key=len)
    if len(widest) * 2.0 < 0.5 * size:
        return None
    return float(grid[widest[len(widest) // 2]])


def _bands(regions: Sequence[Region], gutter: float) -> list[list[Region]]:
    """Runs of regions from top to bottom: those across the gutter by themselves, the others together."""
    across = sorted((r for r in regions if r.rect[0] < gutter < r.rect[2]), key=lambda r: r.rect[1])
    rest = [r for r in regions if not r.rect[0] < gutter < r.rect[2]]
    bands: list[list[Region]] = []
    for item in across:
        middle = (item.rect[1] + item.rect[3]) / 2
        above = [r for r in rest if (r.rect[1] + r.rect[3]) / 2 < middle]
        rest = [r for r in rest if (r.rect[1] + r.rect[3]) / 2 >= middle]
        if above:
            bands.append(above)
        bands.append([item])
    if rest:
        bands.append(rest)
    return bands


def _rejoin(columns: list[list[Region]]) -> list[list[Region]]:
    """Put full-width lines that follow each other back into one column."""
    joined: list[list[Region]] = []
    for column in columns:
        if joined and _one_measure(joined[-1], column):
            joined[-1] = joined[-1] + column
        else:
            joined.append(column)
    return joined


def _one_measure(a: list[Region], b: list[Region]) -> bool:
    first, second = union(r.rect for r in a), union(r.rect for r in b)
    if second[1] < first[3] - 2:
        return False
    if abs(first[0] - second[0]) < 3 and second[2] <= first[2] + 3 and second[1] - first[3] < 0.5 * b[0].size:
        return True  # the shorter last lines of a paragraph whose first ones cross the gutter
    shared = min(first[2], second[2]) - max(first[0], second[0])
    return shared > 0.8 * max(first[2] - first[0], second[2] - second[0])


def _by_rows(regions: Sequence[Region]) -> list[Region]:
    ordered = sorted(regions, key=lambda r: (r.rect[3], r.rect[0]))
    rows: list[list[Region]] = []
    for region in ordered:
        if (
            rows
            and not region.inner
            and not rows[-1][0].inner
            and abs(region.rect[3] - rows[-1][0].rect[3]) < 0.3 * region.size
        ):
            rows[-1].append(region)
        else:
            rows.append([region])
    return [r for row in rows for r in sorted(row, key=lambda r: r.rect[0])]


def masthead_rules(content: PageContent, tables: Sequence[Rect], size: float) -> list[Region]:
    """Level rules over most of the page, high on it, as regions without content: what stands above is not of a column.

    Args:
        content: the page.
        tables: boxes of its tables, whose rules are their own.
        size: of the document's text.
    """
    wide = [
        s.rect
        for s in content.shapes
        if s.bottom - s.top < 4 and s.x1 - s.x0 > 0.7 * content.width and s.top < _MASTHEAD * content.height
    ]
    return [Region(rect, None, size) for rect in wide if not any(inside(rect, table, 3.0) for table in tables)]


def nest(regions: Sequence[Region], boxes: Sequence[Rect]) -> list[Region]:
    """Put the regions that lie within a drawn box into one region of their own, innermost box first."""
    result = list(regions)
    for box in sorted(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1])):
        held = [r for r in result if inside(r.rect, box, 3.0)]
        if not held or len(held) == len(result):
            continue
        result = [r for r in result if not inside(r.rect, box, 3.0)]
        result.append(Region(box, None, held[0].size, held))
    return result


__all__ = ["Region", "find_gutter", "masthead_rules", "nest", "read_columns", "rows_of"]
