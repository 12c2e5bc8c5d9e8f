"""Ordered lines of one column into paragraphs, items and numbered paragraphs."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.formats.pdf import listings, plain_titles
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Line
from extractors.formats.pdf.lines import labelled
from extractors.formats.pdf.numbering import kind_of, named_number
from extractors.formats.pdf.schemes import comes_next, parts_of, steps_of
from extractors.records import BlockKind

_END = re.compile(r"[.!?:;]['\"’”)\]]*\d{0,3}$")
_UNFINISHED = re.compile(r"\s(?:an?|the|of|to|and|or|by|with|for|from|in|on|at)$")
"""What no block ends with: a word that leads to the next."""

_ALIKE = 1.1
"""How much wider than the others a blank of a line may be that no tab makes."""
_BETWEEN = re.compile(r"^(?:and|or|and/or|but)\W?$", re.IGNORECASE)
"""What stands between two items, by itself in its line."""
_PART = re.compile(r"^\d{1,4}(?:\.\d{1,3}){0,3}$")
_CAUSE = re.compile(r"^(?:1|I)\s?\(?[a-d][).]?\s+[A-Z]")
"""A line of a medical cause of death: 1a, 1b, I(c)."""
_OTHER_CAUSE = re.compile(r"^(?:2|II)[.)]?\s+[A-Z]")
"""Its second part: what contributed."""


def find_label(line: Line) -> None:
    """Note the printed number or bullet at the head of a line, where there is one by sight."""
    if line.label or not line.words or len(line.words) < 2:
        return
    first, second = line.words[0], line.words[1]
    kind = kind_of(first.text)
    if kind is None:
        return
    if _compound(line):
        line.label = " ".join(w.text for w in line.words[:3])
        line.label_words, line.text_x0 = 3, line.words[3].x0
        return
    gap = second.x0 - first.x1
    wide = gap > 0.55 * max(line.size, 1.0)
    if kind == "plain" and not (wide or first.raised):
        return
    if kind == "bullet" and first.text in "-–—*o!" and not (wide or gap > 0.2 * line.size):
        return
    line.label, line.label_words, line.text_x0 = first.text, 1, second.x0


def _compound(line: Line) -> bool:
    """Whether a number in two parts opens a line, as in orders: 304.2 - 3.4, then the title after a gap."""
    if len(line.words) < 4 or line.words[1].text not in ("-", "–"):
        return False
    first, _, last, title = line.words[:4]
    parts = _PART.match(first.text) and _PART.match(last.text) and "." in first.text
    return bool(parts) and title.x0 - last.x1 > 0.55 * max(line.size, 1.0)


def paragraphs_of(lines: Sequence[Line]) -> list[Draft]:
    """Blocks of one column, in order.

    Args:
        lines: the column's lines in reading order.
    """
    if not lines:
        return []
    for line in lines:
        find_label(line)
    leading = usual_leading(lines)
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    drafts: list[Draft] = []
    current: list[Line] = []
    for line in lines:
        if current and starts_block(current, line, leading, left, right):
            drafts.append(_draft(current))
            current = []
        if len(current) == 1 and _beside(current[0], line):
            current = [labelled(current[0], line)]
        else:
            current.append(line)
    drafts.append(_draft(current))
    return drafts


def listed(drafts: Sequence[Draft], size: float) -> list[Draft]:
    """The same blocks, those that list entries without any mark cut into these, and titles cut from their text.

    Args:
        drafts: blocks of one column.
        size: of the document's text.
    """
    cut: list[Draft] = []
    column = [line for draft in drafts for line in draft.lines]
    for draft in drafts:
        parts = plain_titles.cut(draft) if draft.label else [draft.lines]
        if len(parts) == 1:
            parts = listings.parted(draft.lines, size, column)
            entries = [draft] if len(parts) == 1 else [_draft(part) for part in parts]
            for entry in entries[1:]:
                entry.entry = True
            cut.extend(entries)
        else:
            cut.extend(map(_draft, parts))
    return cut


def usual_leading(lines: Sequence[Line]) -> float:
    """The usual distance between baselines, as a multiple of the size."""
    steps = [
        (b.base - a.base) / max(a.size, 1.0)
        for a, b in pairwise(lines)
        if abs(a.size - b.size) < 0.6 and 0.8 * a.size < b.base - a.base < 2.6 * a.size
    ]
    if not steps:
        return 1.2
    steps.sort()
    return steps[len(steps) // 3]


def starts_block(current: Sequence[Line], line: Line, leading: float, left: float, right: float) -> bool:
    """Whether *line* begins a new block after the lines in *current*."""
    last = current[-1]
    step = line.base - last.base
    size = max(last.size, line.size, 1.0)
    if abs(step) < 0.3 * size:
        return bool(line.label) and line.x0 - last.x1 > 2 * size
    if step < 0 or step > (leading + 0.42) * size + 0.5:
        return True
    if len(current) > 1 and step > 1.25 * _own_step(current) + 0.5:
        return True
    wrapped = _only_wrapped(last, line) and not _comes_next(current[0], line)
    if wrapped or _wrapped_in_item(last, line, right):
        line.label, line.label_words, line.text_x0 = "", 0, line.x0
    if line.label or named_number(line.text) or _names_cause(current[0], line) or _stands_empty(current, line, right):
        return True
    return _set_otherwise(current, line) or _indented_anew(current, line, left, right)


def _names_cause(first: Line, line: Line) -> bool:
    """Whether a line is a part of a cause of death: 1a, or 2 below 1a."""
    return bool(_CAUSE.match(line.text) or (_CAUSE.match(first.text) and _OTHER_CAUSE.match(line.text)))


def _stands_empty(current: Sequence[Line], line: Line, right: float) -> bool:
    """Whether a line is an item's number or letter and nothing else, below a line on which it would have fitted."""
    near = line.x0 < current[0].x0 + 4 * line.size
    return near and _numbers_nothing(line) and listings.ended_early(current[-1], line, right)


def _numbers_nothing(line: Line) -> bool:
    """Whether a line is the number or letter of an item, without any text."""
    return _only_number(line) and bool(steps_of(line.text))


def _only_number(line: Line) -> bool:
    return len(line.words) == 1 and kind_of(line.text) in ("number", "letter")


def _beside(number: Line, line: Line) -> bool:
    """Whether a line stands, however far, to the right of a number that is all there is of its item."""
    level = abs(line.base - number.base) < 0.3 * line.size and line.x0 > number.x1
    numbered = _only_number(number) and bool(steps_of(number.text) or parts_of(number.text))
    return level and numbered and any(map(str.isalpha, line.text))


def _only_wrapped(last: Line, line: Line) -> bool:
    """Whether a figure at the head of a line is a word of the sentence that runs on from the line above."""
    if (
        line.label_words != 1
        or len(line.words) < 2
        or abs(line.x0 - last.x0) > 2
        or kind_of(line.label) in ("bullet", None)
    ):
        return False
    return _set_close(line) and not last.label and not _END.search(last.text) and not (last.bold and not line.bold)


def _set_close(line: Line) -> bool:
    """Whether the blank behind the first word is narrow, or no wider than the others of its line."""
    first, *others = [b.x0 - a.x1 for a, b in pairwise(line.words)]
    return first < 0.5 * line.size or (len(others) > 1 and first < _ALIKE * median(others))


def _comes_next(first: Line, line: Line) -> bool:
    """Whether a letter stands under the one before it, as b. under a.: the next item, however close its text."""
    under = abs(line.x0 - first.x0) <= 2 and kind_of(line.label) == "letter"
    return under and comes_next(first.label, line.label)


def _wrapped_in_item(last: Line, line: Line, right: float) -> bool:
    """Whether a number goes on an item's first line, which is full, at the place where the item's text begins."""
    if not last.label or line.label_words != 1 or _END.search(last.text):
        return False
    if kind_of(line.label) not in ("number", "plain"):
        return False
    under = abs(line.x0 - last.text_x0) < 2 < last.text_x0 - last.x0
    return under and _set_close(line) and last.x1 > right - 2 * line.size and not last.bold


def _own_step(current: Sequence[Line]) -> float:
    steps = [b.base - a.base for a, b in pairwise(current) if b.base - a.base > 0.5 * a.size]
    return median(steps) if steps else 1e9


def _set_otherwise(current: Sequence[Line], line: Line) -> bool:
    last = current[-1]
    if abs(line.size - last.size) > max(0.7, 0.07 * last.size) and len(line.text) > 3 and len(last.text) > 3:
        return not _sizes_meet(last, line) and not _link_between(last, line) and not _remark(last, line)
    if len(current) == 1 and last.label_words and _all_bold(last) and not any(w.style.bold for w in line.words):
        return True  # a title whose printed number alone is plain
    if len(current) == 1 and last.label_words and _shouted(last) and not _shouted(line) and line.x0 < last.x1 < line.x1:
        return True  # a numbered title in capitals right above its text
    if line.bold != last.bold and all(c.bold == last.bold for c in current):
        # A bold lead-in that runs on in plain text stays; a bold line of its own does not.
        # Nor does emphasis within a sentence open a block where it happens to begin with a line.
        goes_on = _UNFINISHED.search(last.text) or (line.text[0].islower() and not _END.search(last.text))
        runs_on = line.bold and (goes_on or _BETWEEN.match(line.text))
        return not runs_on and line.words[0].style.bold != last.words[-1].style.bold
    if all(c.italic for c in current) and not line.words[0].style.italic:
        return True
    ended = _END.search(last.text)
    return line.italic and not last.words[-1].style.italic and bool(ended)


def _remark(last: Line, line: Line) -> bool:
    """Whether a line is a remark in brackets, set smaller and flush with the text that it ends."""
    bracketed = line.text.startswith("(") and line.text.endswith(")") and line.size < last.size
    return bracketed and min(abs(line.x0 - last.x0), abs(line.x0 - last.text_x0)) < 2


def _sizes_meet(last: Line, line: Line) -> bool:
    """Whether a line goes on in the size in which the one above ends: only a remark within it is set smaller."""
    ending = next((w for w in reversed(last.words) if not w.raised), last.words[-1])
    return abs(ending.style.size - line.words[0].style.size) < 0.1 and not line.words[0].raised


def _shouted(line: Line) -> bool:
    """Whether all is in capitals but for the printed number."""
    text = " ".join(word.text for word in line.words[line.label_words :])
    return text.upper() == text and sum(map(str.isalpha, text)) > 4


def _all_bold(line: Line) -> bool:
    """Whether all is bold but for the printed number."""
    return all(w.style.bold for w in line.words[line.label_words :])


def _link_between(last: Line, line: Line) -> bool:
    """Whether only a printed address makes a line smaller: browsers set it so within the sentence."""
    if _END.search(last.text):
        return False
    met = abs(last.words[-1].style.size - line.words[0].style.size) < 0.1
    if line.text.startswith(("(http", "http")):
        return True
    return "//" in last.text + line.text and (met or line.text[0].islower())


def _indented_anew(current: Sequence[Line], line: Line, left: float, right: float) -> bool:
    """A first line set in, or one that hangs out, after a line that ended early or ended a sentence."""
    last = current[-1]
    size = max(line.size, 1.0)
    reference = last.text_x0 if len(current) == 1 else last.x0
    shift = line.x0 - reference
    short = last.x1 < right - 0.12 * (right - left) - size
    ended = bool(_END.search(last.text))
    if len(current) == 1 and current[0].label and shift < -0.6 * size and line.x0 <= current[0].x0 + 0.3 * size:
        return ended and short
    if len(current) == 1 and not current[0].label and shift < 0:
        # A set-in first line: the next one hangs out to the margin.
        return ended and short
    if shift > 0.8 * size:
        return ended and not _hangs_below_item(current, line, right)
    if shift < -0.8 * size:
        return ended or _hangs(current, line)
    return ended and short and line.text[:1].isupper() and last.x1 < left + 0.6 * (right - left)


def _hangs_below_item(current: Sequence[Line], line: Line, right: float) -> bool:
    """Whether a line is the second of an item whose first is full: it hangs a little further in than its text."""
    (first, *rest), size = current, line.size
    return not rest and bool(first.label) and first.x1 > right - size and line.x0 - first.text_x0 < 1.5 * size


def _hangs(current: Sequence[Line], line: Line) -> bool:
    """Whether a line comes back to the margin from which an entry hung out whose other lines are set in."""
    first, *rest = current
    back = not first.label and abs(line.x0 - first.x0) < 1.5 and listings.opens_entry(line)
    if not back or not rest or rest[0].base < first.base + 0.5 * line.size:
        return False
    return all(abs(r.x0 - rest[0].x0) < 1.5 and r.x0 > first.x0 + 0.8 * line.size for r in rest)


def _draft(lines: list[Line]) -> Draft:
    first = lines[0]
    draft = Draft(BlockKind.PARAGRAPH, lines, label=first.label)
    if first.label:
        draft.label_kind = kind_of(first.label) or "number"
        if draft.label_kind in ("bullet", "letter"):
            draft.kind = BlockKind.LIST_ITEM
    return draft
