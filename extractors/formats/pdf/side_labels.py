"""A label beside a block of text, level with its first line or halfway down: read before the text, not within it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.formats.pdf.captions import is_caption
from extractors.formats.pdf.geometry import Line
from extractors.formats.pdf.numbering import kind_of

if TYPE_CHECKING:  # the order of a page asks here
    from extractors.formats.pdf.order import Region

_APART = 0.9
_NARROW = 0.5
_MOST_LINES = 4
_NEAR = 3
"""How many regions further a neighbour is sought, from top to bottom."""
_TEXT_LINES = 3
"""Lines of text that a label of one line stands beside at least."""
_WORDS = 5


def parted(regions: "Sequence[Region]") -> "list[list[Region]]":
    """The regions above a label, the label, the text beside it and what is below; empty where there is none.

    A label is a stack of few short lines. All that stands beside it, and goes on from there up and down, begins
    further right and is longer and wider; nothing else stands at that height.

    Args:
        regions: of one column, in any order.
    """
    ordered = sorted(regions, key=lambda r: (r.rect[1], r.rect[0]))
    if not any(b.rect[1] < a.rect[3] - 0.2 * b.size for a, b in pairwise(ordered)):
        return []  # by far the most columns: nothing stands beside anything
    for place, region in enumerate(ordered):
        near = ordered[max(0, place - _NEAR) : place + _NEAR + 1]
        edge = region.rect[2] + _APART * region.size
        if not any(r.rect[0] > edge and _level(r, region) for r in near) or not isinstance(region.content, Line):
            continue
        label = _stack(region, ordered[:place], ordered[place + 1 :])
        text = _text_beside(label, ordered)
        if text and _is_label(label, text, ordered):
            return _in_order(label, text, ordered)
    return []


def _level(a: "Region", b: "Region") -> bool:
    return min(a.rect[3], b.rect[3]) - max(a.rect[1], b.rect[1]) > 0.2 * b.size


def _on_one_line(a: "Region", b: "Region") -> bool:
    return abs(a.rect[3] - b.rect[3]) < 0.35 * b.size


def _stack(first: "Region", above: "Sequence[Region]", below: "Sequence[Region]") -> "list[Region]":
    """The lines of a label around one of them: one below the other, and alike."""
    stack = [first]
    for region in below:
        if isinstance(region.content, Line) and _next_line(stack[-1], region):
            stack.append(region)
    for region in reversed(above):
        if isinstance(region.content, Line) and _next_line(region, stack[0]):
            stack.insert(0, region)
    return stack


def _next_line(upper: "Region", lower: "Region") -> bool:
    """Whether one short line goes on below another; what reaches over half of it and twice as far does not."""
    wide, narrow = sorted((upper.rect[2] - upper.rect[0], lower.rect[2] - lower.rect[0]), reverse=True)
    shared = min(upper.rect[2], lower.rect[2]) - max(upper.rect[0], lower.rect[0])
    step = lower.rect[1] - upper.rect[1]
    alike = abs(upper.size - lower.size) < 1 and shared > 0.5 * narrow and wide < 4 * narrow
    return alike and 0.8 * upper.size < step < 1.8 * upper.size


def _text_beside(label: "Sequence[Region]", ordered: "Sequence[Region]") -> "list[Region]":
    """The lines that stand right of a label and those that go on from them above and below."""
    edge = max(r.rect[2] for r in label) + _APART * label[0].size
    right = [r for r in ordered if r.rect[0] > edge and isinstance(r.content, Line)]
    text = [r for r in right if any(_level(r, part) for part in label)]
    if not text:
        return []
    for candidates, sign in ((right, 1), (right[::-1], -1)):
        for r in candidates:
            last = max(text, key=lambda t: sign * t.rect[1])
            step = sign * (r.rect[1] - last.rect[1])
            if 0 < step < 1.75 * r.size and abs(r.size - last.size) < 1:
                text.append(r)
    return sorted(text, key=lambda r: r.rect[1])


def _is_label(label: "Sequence[Region]", text: "Sequence[Region]", ordered: "Sequence[Region]") -> bool:
    if len(label) > _MOST_LINES or len(text) < max(2, len(label) - 1):
        return False
    if len(label) == 1 and (len(text) < _TEXT_LINES or _on_one_line(text[0], label[0])):
        return False  # beside a first line a term or a word such as NOTE leads in, and cuts nothing
    if len(label) <= len(text) and all(any(_on_one_line(t, part) for part in label) for t in text):
        return False  # terms line by line, each with its meaning
    wide = max(r.rect[2] for r in text) - min(r.rect[0] for r in text)
    if max(r.rect[2] - r.rect[0] for r in label) > _NARROW * wide:
        return False
    if not _is_prose(text) or not _names(label, text):
        return False
    known = {id(r) for r in (*label, *text)}
    others = [r for r in ordered if id(r) not in known]
    top, bottom = text[0].rect[1], max(r.rect[3] for r in text)
    return not any(min(r.rect[3], bottom) - max(r.rect[1], top) > 0.3 * r.size for r in others)


def _is_prose(text: "Sequence[Region]") -> bool:
    """Whether regions are lines of running text, one a row and most of many words."""
    if any(_level(a, b) for a, b in pairwise(text)):
        return False
    counts = sorted(len(r.content.words) for r in text)
    return counts[len(counts) // 2] >= _WORDS


def _names(label: "Sequence[Region]", text: "Sequence[Region]") -> bool:
    """Whether a label is words, and no number, bullet or caption of what stands beside it.

    A bare figure is one only beside a line that begins within a sentence, as notes in the margin may stand.
    """
    said = " ".join(r.content.text for r in label)
    if is_caption(said) or kind_of(said) not in (None, "plain"):
        return False
    beside = [r.content.text for r in text if _level(r, label[0])]
    return sum(map(str.isalpha, said)) > 2 or (said.isdigit() and all(t[0].islower() for t in beside))


def _in_order(label: "Sequence[Region]", text: "Sequence[Region]", ordered: "Sequence[Region]") -> "list[list[Region]]":
    known = {id(r) for r in (*label, *text)}
    middle = text[0].rect[1]
    above = [r for r in ordered if id(r) not in known and r.rect[1] < middle]
    below = [r for r in ordered if id(r) not in known and r.rect[1] >= middle]
    return [part for part in (above, list(label), list(text), *(parted(below) or [below])) if part]
