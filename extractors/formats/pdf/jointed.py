"""Tables ruled between rows only, whose rules are drawn cell by cell: where the pieces meet, columns meet.

Tables of web pages print so, and many of Word: no upright rule is there, but every level one is broken at the
same places. The first row may stand above the first rule and the last below the last.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.formats.pdf.geometry import Shape, Word
from extractors.formats.pdf.grids import Edge, Grid

_THIN = 3.0
_MEET = 1.5
_NARROWEST = 12.0
_LINE, _PARAGRAPH = 1.1, 2.6


@dataclass(slots=True)
class Rule:
    """A level rule in pieces: its height, and where its pieces begin and end."""

    at: float
    xs: list[float]


def rules(shapes: Sequence[Shape], words: Sequence[Word] = ()) -> list[Rule]:
    """Level rules made of two or more pieces that touch, from top to bottom; words are not underlined by any."""
    thin = [s for s in shapes if s.bottom - s.top <= _THIN and s.x1 - s.x0 > _NARROWEST and not s.picture]
    thin = [s for s in thin if not _underlines(s, words)]
    found: list[Rule] = []
    for level in _levels(thin):
        chain: list[Shape] = []
        once = {(round(s.x0), round(s.x1)): s for s in level}  # some are drawn twice over
        for shape in sorted(once.values(), key=lambda s: s.x0):
            if chain and abs(shape.x0 - chain[-1].x1) > _MEET:
                found += _rule(chain)
                chain = []
            chain.append(shape)
        found += _rule(chain)
    return found


def _levels(thin: Sequence[Shape]) -> list[list[Shape]]:
    levels: list[list[Shape]] = []
    for shape in sorted(thin, key=lambda s: s.top):
        if levels and shape.top - levels[-1][0].top < _MEET:
            levels[-1].append(shape)
        else:
            levels.append([shape])
    return levels


def _underlines(shape: Shape, words: Sequence[Word]) -> bool:
    """Whether words stand right on most of a thin shape, as on the underline of a link."""
    on = [w for w in words if -1 < shape.bottom - w.base < 0.35 * w.style.size and w.x0 < shape.x1 and w.x1 > shape.x0]
    covered = sum(min(w.x1, shape.x1) - max(w.x0, shape.x0) for w in on)
    return covered > 0.5 * (shape.x1 - shape.x0)


def _rule(chain: Sequence[Shape]) -> list[Rule]:
    if len(chain) < 2:
        return []
    return [Rule((chain[0].top + chain[0].bottom) / 2, [chain[0].x0, *(s.x1 for s in chain)])]


def grids(shapes: Sequence[Shape], upright: Sequence[Edge], words: Sequence[Word]) -> list[Grid]:
    """A grid for each run of rules that are broken at the same places, where no words cross the columns.

    Args:
        shapes: drawn on the page.
        upright: upright rules; where they part the columns, the table is an ordinary one.
        words: of the page.
    """
    runs: list[list[Rule]] = []
    for rule in rules(shapes, words):
        if any(_stands(e, rule) for e in upright):
            continue
        if runs and _alike(runs[-1][-1], rule) and not _crossed(rule.xs, runs[-1][-1].at, rule.at, words):
            runs[-1].append(rule)
        else:
            runs.append([rule])
    found: list[Grid] = []
    for run in runs:
        xs = run[0].xs
        top, bottom = _reach(run, words)
        ys = [top, *(r.at for r in run), bottom]
        ys = [y for i, y in enumerate(ys) if i == 0 or y - ys[i - 1] > _THIN]
        if len(ys) > 2:
            owner = {(i, j): (i, j) for i in range(len(ys) - 1) for j in range(len(xs) - 1)}
            found.append(Grid(xs, ys, owner, upright=len(xs) - 2))
    return found


def _stands(edge: Edge, rule: Rule) -> bool:
    """Whether an upright rule meets a level one at a joint."""
    return edge.low - _THIN <= rule.at <= edge.high + _THIN and any(abs(edge.at - x) < _THIN for x in rule.xs[1:-1])


def _alike(a: Rule, b: Rule) -> bool:
    return len(a.xs) == len(b.xs) and all(abs(x - y) < 2 * _MEET for x, y in zip(a.xs, b.xs, strict=True))


def _crosses(word: Word, xs: Sequence[float]) -> bool:
    return any(word.x0 + 1 < x < word.x1 - 1 for x in xs[1:-1])


def _crossed(xs: Sequence[float], top: float, bottom: float, words: Sequence[Word]) -> bool:
    between = (w for w in words if top < w.base - 0.3 * w.style.size < bottom)
    return any(_crosses(w, xs) for w in between)


def _reach(run: Sequence[Rule], words: Sequence[Word]) -> tuple[float, float]:
    """How far the rows above the first and below the last rule go: over close lines that keep to the columns."""
    xs, first, last = run[0].xs, run[0].at, run[-1].at
    beside = [w for w in words if w.x0 >= xs[0] - 3 and w.x1 <= xs[-1] + 3]
    above = _close([w for w in beside if w.base <= first + 1], first, xs, up=True)
    below = _close([w for w in beside if w.top >= last - 1], last, xs, up=False)
    return min([first, *(w.top - 1 for w in above)]), max([last, *(w.bottom + 1 for w in below)])


def _close(words: Sequence[Word], edge: float, xs: Sequence[float], *, up: bool) -> list[Word]:
    """The words of one more row next to *edge*; none where they stand in less than half of the columns.

    A wider gap, as between two paragraphs of a cell, is passed over where the words after it begin where the lines
    of their column do; words in another size, such as a running foot, are not.
    """
    taken: list[Word] = []
    lefts: dict[int, float] = {}
    for word in sorted(words, key=lambda w: (-w.base if up else w.base, w.x0)):
        gap = (edge - word.bottom if up else word.top - edge) / word.style.size
        column = bisect_right(xs, (word.x0 + word.x1) / 2)
        flush = not up and abs(lefts.get(column, -99) - word.x0) < 2
        size = taken[0].style.size if taken else word.style.size
        if gap > (_PARAGRAPH if flush else _LINE) or _crosses(word, xs) or abs(word.style.size - size) > 0.15 * size:
            break
        taken.append(word)
        lefts[column] = min(lefts.get(column, word.x0), word.x0)
        edge = min(edge, word.top) if up else max(edge, word.bottom)
    return taken if 2 * len(lefts) > len(xs) - 1 else []
