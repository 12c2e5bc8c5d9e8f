"""Words into lines: first along the order of drawing, then across it, then printed numbers to their text."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from extractors.formats.pdf import justified
from extractors.formats.pdf.geometry import Line, Word, union
from extractors.formats.pdf.numbering import is_label, kind_of

_SAME_BASE = 0.22
_STREAM_GAP = 1.5
_MERGE_GAP = 0.75
_LABEL_GAP = 6.5
_FAR_GAP = 14
"""Sizes between a number and its text where the lines nearby show that no column begins there."""
_HAIR = 0.12
_DOT_GAP = 0.22


def lines_of(words: Sequence[Word], page: int = 1) -> list[Line]:
    """The page's lines, each a stretch of words without a wide gap, in no particular order.

    Args:
        words: upright words in order of drawing.
        page: number of the page they stand on.

    Returns:
        Lines with their raised words marked and their printed number attached.
    """
    pieces = _along_the_stream(words)
    merged = justified.mended(_across_the_stream(pieces))
    labelled = attach_labels(merged)
    for line in labelled:
        line.page = page
        mark_raised(line)
    if sum(word.text == "." for word in words) > 2:
        for line in labelled:
            close_dots(line)
    return labelled


def _along_the_stream(words: Sequence[Word]) -> list[Line]:
    pieces: list[Line] = []
    run: list[Word] = []
    before: Word | None = None
    for word in words:
        again = before is not None and _drawn_twice(before, word)
        before = word
        if again:
            continue
        if run and not _follows(run, word):
            pieces.append(Line(run).measured())
            run = []
        if not run:
            word.glued = False
        elif _index(run[-1], word):
            word.glued = True
        elif word.glued and (_one_word(run[-1], word) or _stop_of_number(run, word)):
            run[-1] = _welded(run[-1], word)
            continue
        run.append(word)
    if run:
        pieces.append(Line(run).measured())
    return pieces


def _drawn_twice(last: Word, word: Word) -> bool:
    """Whether the same letters are drawn once more, a hair aside: browsers and drivers thicken type so."""
    if word.text != last.text or word.style.size != last.style.size:
        return False
    hair = _HAIR * word.style.size
    return abs(word.x0 - last.x0) < hair and abs(word.base - last.base) < hair


def _one_word(last: Word, word: Word) -> bool:
    """Whether two pieces that were drawn apart, as kerned letters are, make one word."""
    if kind_of(last.text) in ("number", "letter") and word.text[0].isalpha():
        return False  # a printed number runs into its text
    return (
        last.style is word.style
        and abs(last.base - word.base) < 0.5
        and abs(word.x0 - last.x1) < 0.25 * word.style.size
    )


def _stop_of_number(run: list[Word], word: Word) -> bool:
    """Whether a full stop or bracket in another type closes the number or letter that a line begins with."""
    return len(run) == 1 and word.text in (".", ")") and len(run[0].text) <= 3 and run[0].text.isalnum()


def _index(last: Word, word: Word) -> bool:
    """Whether a smaller letter touches a larger one, or the other way about: an index or a power, not a new word."""
    small, large = sorted((last, word), key=lambda w: w.style.size)
    touching = word.x0 - last.x1 < 0.08 * large.style.size
    return touching and small.style.size < 0.86 * large.style.size and len(small.text) < 4


def _welded(last: Word, word: Word) -> Word:
    x0, top, x1, bottom = union((last.rect, word.rect))
    drawn = max(last.drawn, word.drawn)
    return Word(
        last.text + word.text, x0, top, x1, bottom, last.base, last.style, drawn, glued=last.glued, start=last.start
    )


def _follows(run: list[Word], word: Word) -> bool:
    last = run[-1]
    size = max(last.style.size, word.style.size, 1.0)
    gap = word.x0 - last.x1
    if gap < -0.6 * size or gap > _STREAM_GAP * size:
        return False
    if abs(word.base - last.base) <= _SAME_BASE * size:
        return True
    return _raised_beside(run, word, gap, size)


def _raised_beside(run: list[Word], word: Word, gap: float, size: float) -> bool:
    """A smaller word a little higher or lower: a footnote mark, an ordinal's letters."""
    if gap > 0.8 * size:
        return False
    if any(abs(word.base - w.base) <= _SAME_BASE * size for w in run[-3:]):
        return True
    last = run[-1]
    small, large = sorted((last, word), key=lambda w: w.style.size)
    if small.style.size > 0.86 * large.style.size:
        return False
    shared = min(last.bottom, word.bottom) - max(last.top, word.top)
    return shared > 0.5 * (small.bottom - small.top)


def _across_the_stream(pieces: list[Line]) -> list[list[Line]]:
    """Rows from top to bottom in which pieces that touch, although drawn at different times, are joined."""
    rows = rows_of(pieces)
    for row in rows:
        row.sort(key=lambda p: p.x0)
        merged = row[:1]
        for piece in row[1:]:
            current = merged[-1]
            size = max(current.size, piece.size, 1.0)
            gap = piece.x0 - current.x1
            if -0.6 * size < gap < _MERGE_GAP * size and _sits_with(current, piece):
                merged[-1] = _joined(current, piece, gap < 0.12 * size)
            else:
                merged.append(piece)
        row[:] = merged
    return rows


def _sits_with(a: Line, b: Line) -> bool:
    size = max(a.size, b.size)
    if abs(a.base - b.base) <= _SAME_BASE * size:
        return True
    small, large = sorted((a, b), key=lambda p: p.size)
    return (
        small.size < 0.86 * large.size and len(small.text) < 6 and large.top - 0.3 * size < small.base <= large.bottom
    )


def _joined(a: Line, b: Line, glued: bool) -> Line:
    b.words[0].glued = glued
    return Line(a.words + b.words).measured()


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines whose baselines agree; rows from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda p: (p.base, p.x0)):
        if rows and _same_row(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _same_row(row: list[Line], line: Line) -> bool:
    first = row[0]
    size = max(first.size, line.size, 1.0)
    if abs(line.base - first.base) <= _SAME_BASE * size:
        return True
    return any(_raised_piece(other, line) for other in row) and line.base - first.base < 0.6 * size


def _raised_piece(a: Line, b: Line) -> bool:
    small, large = sorted((a, b), key=lambda p: p.size)
    if small.size > 0.86 * large.size or len(small.words) > 2 or len(small.text) > 5:
        return False
    gap = max(small.x0 - large.x1, large.x0 - small.x1)
    if small.text.isdigit() and 0 < large.x0 - small.x1 < _LABEL_GAP * large.size:
        return small.bottom > large.top and small.base < large.base
    return gap < 0.8 * large.size and small.bottom > large.top and small.top < large.bottom


def attach_labels(lines: Sequence[Line]) -> list[Line]:
    """Put a printed number or bullet that stands by itself before the text to its right."""
    done: list[Line] = []
    rows = rows_of(lines)
    for row, below in zip(rows, [*rows, []][1:], strict=True):
        row.sort(key=lambda p: p.x0)
        pending: Line | None = None
        for line in row:
            near = pending is not None and (
                line.x0 - pending.x1 < _LABEL_GAP * min(max(pending.size, line.size), 1.5 * line.size)
                or (len(row) == 2 and _set_off(pending, line, below))
            )
            if pending is not None and near and not line.text.isdigit():
                done.append(labelled(pending, line))
                pending = None
                continue
            if pending is not None:
                done.append(pending)
                pending = None
            if len(line.words) <= 2 and is_label(line.text) and not line.label:
                pending = line
            else:
                done.append(line)
        if pending is not None:
            done.append(pending)
    return done


def _set_off(label: Line, text: Line, below: Sequence[Line]) -> bool:
    """Whether a far tab parts a number from its text: the next line stands between them and crosses the gap."""
    if len(below) != 1 or kind_of(label.text) not in ("number", "letter"):
        return False
    (following,) = below
    size = max(label.size, text.size)
    between = label.x1 < following.x0 < text.x0 - size and following.x1 > text.x0
    return between and text.x0 - label.x1 < _FAR_GAP * size and following.base - text.base < 2 * size


def labelled(label: Line, text: Line) -> Line:
    """One line of a number or bullet and the text to its right, which knows what is its label."""
    merged = Line(label.words + text.words).measured()
    merged.label, merged.label_words, merged.text_x0 = label.text, len(label.words), text.x0
    merged.page, merged.column = text.page, text.column
    return merged


def close_dots(line: Line) -> None:
    """Three dots set apart by less than a blank are one sign that words were left out; more of them lead the eye."""
    runs = [list(run) for dots, run in groupby(line.words, key=lambda word: word.text == ".") if dots]
    for run in runs:
        if len(run) == 3 and all(b.x0 - a.x1 < _DOT_GAP * a.style.size for a, b in pairwise(run)):
            run[1].glued = run[2].glued = True
            line.measured()


def mark_raised(line: Line) -> None:
    """Mark words that stand higher and smaller than the line: notes' marks, ordinals."""
    for word in line.words:
        lift = line.base - word.base
        word.raised = word.style.size < 0.86 * line.size and lift > 0.12 * line.size
