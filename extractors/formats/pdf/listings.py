"""Entries of a list that has neither bullets nor numbers nor space between: names, references, titles.

Where text flows, a line ends because the next word no longer fits. A line that ends although the next word would
have fitted was ended on purpose: the next one begins something of its own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.formats.pdf.geometry import Line

_ENDED = re.compile(r"[.!?][\"'’”)\]]*(?:\d{0,3}|\s*[(\[][^()\[\]]{1,40}[)\]])$")
"""The end of a sentence; a note's mark or a reference in brackets, as orders set it, may stand behind."""
_COUNTED = re.compile(r"^([A-Z]\w+) \d")
"""How entries open that are called by one word and a number."""
_CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:tel|fax|phone|telephone|e-?mail|p\.? ?o\.? box|street|road|avenue|floor)\b", re.IGNORECASE
)
"""Lines of an address, which is one block however short they are."""
_FEWEST = 4
"""Lines that a list without any mark must have to be told from a broken title or a signature."""
_FEWEST_LED = 2
"""And where a colon stands before it."""
_MOSTLY = 0.75
_MANY, _MOSTLY_OF_MANY = 6, 0.5
"""Of so many lines that all begin as entries fewer need to end before they are full."""
_ADDRESSES_AMONG = 8
"""Lines of a list that may hold an address now and then."""
_TITLE = 1.14
_EARLY = 0.25
"""Share of the measure that the entries of a short list leave empty."""
_SENTENCE_EARLY = 0.16
"""Share that a line must leave empty for the next sentence to begin a block. Makers of reports break a line within a
paragraph by hand too, before a long name or for an even edge, but then they leave a tenth empty at most."""
_SHORT = 0.4
"""Share that a line above text set in must leave empty to be an entry of its own, such as a name over offices."""


def parted(lines: Sequence[Line], size: float, column: Sequence[Line]) -> list[list[Line]]:
    """The lines of one block, cut into the entries that they list; in one piece where they flow.

    Args:
        lines: of a block, in order.
        size: of the document's text; what is set larger is a title over several lines.
        column: all lines of the column, by which its right edge is known.
    """
    if len(lines) < 2 or lines[0].bold or lines[0].size > _TITLE * size or not _apart(lines):
        return [list(lines)]
    right = max(line.x1 for line in lines)
    cuts = _listed(lines, column, right)
    if cuts:
        return _cut(lines, cuts)
    if lines[0].label:
        return [list(lines)]
    if not _flush(lines):
        return [list(lines[:1]), list(lines[1:])] if _names(lines, column) else [list(lines)]
    wilful = [_ends_on_purpose(a, b, right) for a, b in pairwise(lines)]
    return _cut(lines, [e and _begins_anew(a, b, right) for (a, b), e in zip(pairwise(lines), wilful, strict=True)])


def _listed(lines: Sequence[Line], column: Sequence[Line], right: float) -> list[bool]:
    """Where a list is to be cut, for each line but the first; empty where it is none."""
    if sum(map(opens_entry, lines[1:])) < _MOSTLY_OF_MANY * (len(lines) - 1):
        return []
    edge = _edge(lines, column)
    wilful = [_ends_on_purpose(a, b, edge) for a, b in pairwise(lines)]
    if not _all_listed(lines, wilful, edge if _led(lines[0], column) else None):
        return []
    alike = all(line.text[0].isdigit() for line in lines)
    ends = [alike or (edge == right and not _full(line, column)) for line in lines[:-1]]
    back = [opens_entry(b) and b.x0 < a.x0 + 0.8 * a.size for a, b in pairwise(lines)]
    counted = _counted(lines)
    return [w or c or (e and b) for w, c, e, b in zip(wilful, counted, ends, back, strict=True)]


def _counted(lines: Sequence[Line]) -> list[bool]:
    """Whether each line but the first opens as most do, with one word and a figure: Order 12.1, Order 12.4."""
    opened = [_COUNTED.match(line.text) for line in lines]
    words = Counter(found[1] for found in opened if found)
    often = {word for word, count in words.items() if count >= max(_FEWEST, _MOSTLY_OF_MANY * len(lines))}
    return [found is not None and found[1] in often for found in opened[1:]]


def _apart(lines: Sequence[Line]) -> bool:
    """Whether the lines stand one below the other, none further out than the first, and are not centred."""
    steps = all(b.base - a.base > 0.5 * a.size for a, b in pairwise(lines))
    if not steps or min(line.x0 for line in lines) < lines[0].x0 - 1.5:
        return False
    shifted = [(a, b) for a, b in pairwise(lines) if abs(a.x0 - b.x0) > 3]
    return not any(abs(a.x0 + a.x1 - b.x0 - b.x1) < 4 for a, b in shifted)


def _edge(lines: Sequence[Line], column: Sequence[Line]) -> float:
    """The right edge of the column where two other lines show it, else that of the block."""
    ends = sorted(other.x1 for other in column)[-2:]
    known = len(ends) == 2 and ends[1] - ends[0] < 2 * lines[0].size
    return max(*(line.x1 for line in lines), ends[0] if known else 0.0)


def _led(first: Line, column: Sequence[Line]) -> bool:
    """Whether a colon ends the line above a block."""
    above = [other for other in column if other.base < first.base - 0.5 * first.size and other.page == first.page]
    return bool(above) and max(above, key=lambda line: line.base).text.endswith(":")


def _names(lines: Sequence[Line], column: Sequence[Line]) -> bool:
    """Whether a short first line hangs out over text set in, as a name does over what is said of it."""
    first, below = lines[0], lines[1]
    if not opens_entry(below) or first.text[-1] in ",-–:" or below.x1 <= first.x1:
        return False
    edge = _edge(lines, column)
    early = edge - first.x1 > _SHORT * (edge - first.x0)
    return early and all(line.x0 > first.x0 + 0.8 * first.size for line in lines[1:])


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


def _all_listed(lines: Sequence[Line], wilful: Sequence[bool], led: float | None) -> bool:
    """Whether each line is an entry, or the rest of one that was full: hardly one ends because it was full.

    Args:
        lines: of the block.
        wilful: for each but the last, whether it ends although the next word would have fitted.
        led: the right edge of a block that a colon leads in: then few lines do that end well before it.
    """
    few = led is not None and all(_early(line, led) for line in lines[:-1])
    if len(lines) < (_FEWEST_LED if few else _FEWEST):
        return False
    opens = [opens_entry(line) for line in lines[1:]]
    many = len(lines) >= _MANY and all(opens)
    if sum(wilful) < (_MOSTLY_OF_MANY if many else _MOSTLY) * len(wilful):
        return False
    if not all(opened or not ended for opened, ended in zip(opens, wilful, strict=True)):
        return False
    contacts = sum(bool(_CONTACT.search(line.text)) for line in lines)
    return not contacts or (len(lines) >= _ADDRESSES_AMONG and contacts < 0.25 * len(lines))


def _early(line: Line, right: float, share: float = _EARLY) -> bool:
    return right - line.x1 > share * (right - line.x0)


def ended_early(last: Line, line: Line, right: float) -> bool:
    """Whether a line was ended long before the right edge, where the first word of the next would have fitted."""
    return _early(last, right) and _ends_on_purpose(last, line, right)


def _begins_anew(last: Line, line: Line, right: float) -> bool:
    """Whether an item ended with the line above, or, well before the right edge, a sentence."""
    if last.text.endswith(";"):
        return line.text[0].isalnum()
    return _early(last, right, _SENTENCE_EARLY) and bool(_ENDED.search(last.text)) and opens_entry(line)
