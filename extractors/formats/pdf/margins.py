"""Line numbers down the margin, as court papers and transcripts have them."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.formats.pdf.geometry import Word

_FEWEST = 12


def line_numbers(words: Sequence[Word]) -> set[int]:
    """Identities (``id``) of the words that only number the page's lines: 1, 2, 3 … in even steps at one side."""
    figures = sorted((w for w in words if w.text.isdecimal() and len(w.text) <= 2), key=lambda w: w.base)
    best: list[Word] = []
    for anchor in {round(w.x1 / 3) for w in figures}:
        column = [w for w in figures if abs(round(w.x1 / 3) - anchor) <= 4]
        run = _counting(column)
        if len(run) > len(best):
            best = run
    if len(best) < _FEWEST or not _even(best) or not _aside(best, words):
        return set()
    return {id(w) for w in best}


def _counting(column: Sequence[Word]) -> list[Word]:
    run: list[Word] = []
    for word in column:
        if int(word.text) == len(run) + 1:
            run.append(word)
    return run


def _even(run: Sequence[Word]) -> bool:
    steps = [b.base - a.base for a, b in pairwise(run)]
    usual = median(steps)
    return usual > 0 and sum(abs(s - usual) < 0.2 * usual for s in steps) >= 0.9 * len(steps)


def _aside(run: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether nearly all other words stand to one side of the numbers."""
    low, high = min(w.x0 for w in run), max(w.x1 for w in run)
    rest = [w for w in words if run[0].base - 2 <= w.base <= run[-1].base + 2 and not w.text.isdigit()]
    right = sum(w.x0 >= high - 1 for w in rest)
    left = sum(w.x1 <= low + 1 for w in rest)
    return max(left, right) >= 0.97 * len(rest)
