"""Drawn diagrams: boxes with a few words each and lines between them, read box by box as plain text."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Line, PageContent, Rect, Shape, Word, inside, union
from extractors.formats.pdf.lines import lines_of, rows_of
from extractors.records import BlockKind

_FEWEST_BOXES = 6
_FREE = 0.6
"""Share of boxes that must share no side with another."""
_COLUMNS, _ROWS = 0.4, 0.5
"""Columns and rows for each box up to which boxes stand as in a table, though apart."""
_CONNECTORS = 4
_LETTERS = 6
"""Letters that a box holds on average."""
_WIDEST, _TALLEST = 0.45, 0.25
_MOST_SHAPES, _MOST_FRAMES = 1_500, 300
_MOST_WORDS = 60
_LOWEST = 12
"""Points that the baseline of a word in a box may lie below it."""


@dataclass(slots=True)
class Diagram:
    """A diagram's box on the page, and the words of each of its own boxes and labels, in reading order."""

    rect: Rect
    parts: list[list[Word]]
    page: int

    def drafts(self) -> list[Draft]:
        """Each part as a plain block, which titles nothing."""
        return [Draft(BlockKind.PARAGRAPH, _in_rows(words, self.page), entry=True) for words in self.parts]


def find(content: PageContent, words: Sequence[Word]) -> tuple[list[Diagram], list[Word]]:
    """The diagram of a page, if it has one, and the words outside it.

    Args:
        content: the page.
        words: its upright words.
    """
    if not _FEWEST_BOXES + _CONNECTORS <= len(content.shapes) <= _MOST_SHAPES:
        return [], list(words)
    frames = [s for s in content.shapes if _may_hold(s, content)]
    if not _FEWEST_BOXES <= len(frames) <= _MOST_FRAMES or sum(map(_connects, content.shapes)) < _CONNECTORS:
        return [], list(words)
    boxes = _leaves(frames, words)
    if not _stand_apart([rect for rect, _ in boxes]) or not _in_words([held for _, held in boxes]):
        return [], list(words)
    area = union(rect for rect, _ in boxes)
    boxed = {id(w) for _, held in boxes for w in held}
    loose = [w for w in words if id(w) not in boxed and inside(w.rect, area, 3.0)]
    if len(loose) > len(boxed):
        return [], list(words)
    parts = [held for _, held in boxes] + _labels(loose, content.number)
    parts.sort(key=lambda held: (round(min(w.top for w in held) / 8), min(w.x0 for w in held)))
    taken = boxed | {id(w) for w in loose}
    return [Diagram(area, parts, content.number)], [w for w in words if id(w) not in taken]


def _may_hold(shape: Shape, content: PageContent) -> bool:
    if not 20 < shape.x1 - shape.x0 < _WIDEST * content.width or shape.picture:
        return False
    shown = shape.stroked or (shape.filled and min(shape.colour) <= 250)
    return shown and 9 < shape.bottom - shape.top < _TALLEST * content.height


def _connects(shape: Shape) -> bool:
    """Whether a shape may join two boxes: a thin line, or a curve."""
    width, height = shape.x1 - shape.x0, shape.bottom - shape.top
    line = min(width, height) < 3 and max(width, height) > 6
    return not shape.picture and (line or (shape.curved and shape.stroked))


def _leaves(shapes: Sequence[Shape], words: Sequence[Word]) -> list[tuple[Rect, list[Word]]]:
    """Boxes that hold words and no smaller box that does, each with its words; a tight mark behind words is none."""
    found: list[tuple[Rect, list[Word]]] = []
    taken: set[int] = set()
    ordered = sorted(range(len(words)), key=lambda i: words[i].base)
    bases = [words[i].base for i in ordered]
    for shape in sorted(shapes, key=lambda s: (s.x1 - s.x0) * (s.bottom - s.top)):
        if any(inside(rect, shape.rect, 2.0) for rect, _ in found):
            continue
        near = ordered[bisect_left(bases, shape.top) : bisect_right(bases, shape.bottom + _LOWEST)]
        held = [words[i] for i in sorted(near) if id(words[i]) not in taken and _within(words[i], shape)]
        if not 0 < len(held) <= _MOST_WORDS or shape.bottom - shape.top < 1.5 * held[0].style.size:
            continue
        taken |= {id(w) for w in held}
        found.append((shape.rect, held))
    return found


def _within(word: Word, shape: Shape) -> bool:
    x, y = (word.x0 + word.x1) / 2, word.base - 0.3 * word.style.size
    return shape.x0 <= x <= shape.x1 and shape.top <= y <= shape.bottom


def _stand_apart(rects: Sequence[Rect]) -> bool:
    """Whether most boxes are no cells: these share whole sides, or stand in rows and columns throughout."""
    free = [r for r in rects if not any(o is not r and _share_side(r, o) for o in rects)]
    columns, rows = _apart([r[0] for r in rects]), _apart([r[1] for r in rects])
    regular = columns <= _COLUMNS * len(rects) and rows <= _ROWS * len(rects)
    return len(free) >= max(_FEWEST_BOXES, _FREE * len(rects)) and not regular


def _share_side(a: Rect, b: Rect) -> bool:
    level = abs(a[1] - b[1]) < 2 and abs(a[3] - b[3]) < 2 and min(abs(a[2] - b[0]), abs(b[2] - a[0])) < 2
    upright = abs(a[0] - b[0]) < 2 and abs(a[2] - b[2]) < 2 and min(abs(a[3] - b[1]), abs(b[3] - a[1])) < 2
    return level or upright


def _apart(places: Sequence[float]) -> int:
    """How many of the places are further than a few points from the one before."""
    ordered = sorted(places)
    return 1 + sum(b - a > 3 for a, b in pairwise(ordered))


def _in_words(boxes: Sequence[Sequence[Word]]) -> bool:
    """Whether boxes say something: bars of a chart hold figures, sketches single letters."""
    said = "".join(w.text for held in boxes for w in held)
    letters = sum(map(str.isalpha, said))
    return letters > _LETTERS * len(boxes) and letters > 0.7 * len(said)


def _labels(words: Sequence[Word], page: int) -> list[list[Word]]:
    """Words beside the boxes, those of lines that stand close below each other together."""
    labels: list[list[Line]] = []
    for line in sorted(lines_of(words, page), key=lambda made: made.base):
        for label in labels:
            last = label[-1]
            near = 0 < line.base - last.base < 1.5 * line.size and abs(line.size - last.size) < 1
            if near and min(line.x1, last.x1) > max(line.x0, last.x0):
                label.append(line)
                break
        else:
            labels.append([line])
    return [[word for line in label for word in line.words] for label in labels]


def _in_rows(words: Sequence[Word], page: int) -> list[Line]:
    return [line for row in rows_of(lines_of(words, page)) for line in sorted(row, key=lambda made: made.x0)]
