"""Entries of a list that has neither bullets nor numbers nor space between: names, references, titles.

Where text flows, a line ends because the next word no longer fits. A line that ends although the next word would
have fitted was ended on purpose: the next one begins something of its own.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.formats.pdf.geometry import Line

_ENDED = re.compile(r"[.!?][\"'’”)\]]*\d{0,3}$")
_CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:tel|fax|phone|telephone|e-?mail|p\.? ?o\.? box|street|road|avenue|floor)\b", re.IGNORECASE
)
"""Lines of an address, which is one block however short they are."""
_FEWEST = 4
"""Lines that a list without any mark must have to be told from a broken title."""
_MOSTLY = 0.75
_TITLE = 1.14
_EARLY = 0.25
"""Share of the measure that a line must leave empty for the next sentence to begin a block."""


def parted(lines: Sequence[Line], size: float, column: Sequence[Line]) -> list[list[Line]]:
    """The lines of one block, cut into the entries that they list; in one piece where they flow.

    Args:
        lines: of a block, in order.
        size: of the document's text; what is set larger is a title over several lines.
        column: all lines of the column, by which its right edge is known.
    """
    if len(lines) < 2 or lines[0].bold or lines[0].size > _TITLE * size or not _flush(lines):
        return [list(lines)]
    right = max(line.x1 for line in lines)
    wilful = [_ends_on_purpose(a, b, right) for a, b in pairwise(lines)]
    if _all_listed(lines, wilful):
        alike = all(line.text[0].isdigit() for line in lines)
        wilful = [ends or alike or not _full(line, column) for line, ends in zip(lines, wilful, strict=False)]
        return _cut(lines, wilful)
    if lines[0].label:
        return [list(lines)]
    return _cut(lines, [e and _begins_anew(a, b, right) for (a, b), e in zip(pairwise(lines), wilful, strict=True)])


def _cut(lines: Sequence[Line], cuts: Sequence[bool]) -> list[list[Line]]:
    parts = [[lines[0]]]
    for line, cut in zip(lines[1:], cuts, strict=True):
        if cut:
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _flush(lines: Sequence[Line]) -> bool:
    """Whether all lines begin at one margin, the first one's label apart."""
    left = lines[1].x0
    return all(abs(line.x0 - left) < 1.5 for line in lines[1:]) and abs(lines[0].text_x0 - left) < 1.5


def _ends_on_purpose(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of *line* would clearly have fitted in the rest of *last*."""
    first = line.words[0]
    return last.x1 + (first.x1 - first.x0) + 1.8 * last.size < right


def _full(line: Line, column: Sequence[Line]) -> bool:
    """Whether a line reaches the right edge of its column, which several lines show."""
    edge = max(other.x1 for other in column) - 2 * line.size
    return line.x1 > edge and sum(other.x1 > edge for other in column) > 1


def opens_entry(line: Line) -> bool:
    """Whether a line begins as an entry does: with a capital, a figure or a quotation mark."""
    first = line.text[0]
    return first.isupper() or first.isdigit() or first in "“‘\"'["


def _all_listed(lines: Sequence[Line], wilful: Sequence[bool]) -> bool:
    """Whether each line is an entry: hardly one ends because it was full."""
    if len(lines) < _FEWEST or not all(map(opens_entry, lines[1:])) or sum(wilful) < _MOSTLY * len(wilful):
        return False
    return not any(_CONTACT.search(line.text) for line in lines)


def _begins_anew(last: Line, line: Line, right: float) -> bool:
    """Whether an item ended with the line above, or, well before the right edge, a sentence."""
    if last.text.endswith(";"):
        return line.text[0].isalnum()
    early = right - last.x1 > _EARLY * (right - last.x0)
    return early and bool(_ENDED.search(last.text)) and opens_entry(line)
