"""Notes at the foot of a column: set smaller than the text, each opened by its mark."""

import re
from collections.abc import Sequence

from extractors.formats.pdf.geometry import Line, Shape

_MARK = re.compile(r"^(?:\d{1,3}|[*†‡§]{1,3}|[ivx]{1,5}|[a-z])$")


def opens_note(line: Line, size: float) -> bool:
    """Whether a line begins a note: small type, led by a mark."""
    if line.size > 0.93 * size and not line.words[0].raised:
        return False
    first = line.words[0]
    return len(line.words) > 1 and bool(_MARK.match(first.text)) and (first.raised or first.style.size < 0.97 * size)


def split(
    lines: Sequence[Line], size: float, height: float, rules: Sequence[float] = ()
) -> tuple[list[Line], list[list[Line]]]:
    """Part a column's lines into text and notes.

    Args:
        lines: the column in reading order.
        size: the size of the document's text.
        height: of the page.
        rules: heights of the short level rules that part notes from text.

    Returns:
        The lines above the notes, and the lines of each note.
    """
    start = next((i for i in range(len(lines)) if _notes_from(lines, i, size, height, rules)), len(lines))
    notes: list[list[Line]] = []
    for line in lines[start:]:
        if opens_note(line, size) or not notes:
            line.label, line.label_words = line.words[0].text, 1
            notes.append([line])
        else:
            notes[-1].append(line)
    return list(lines[:start]), notes


def _notes_from(lines: Sequence[Line], index: int, size: float, height: float, rules: Sequence[float]) -> bool:
    """Whether a column's notes begin with this line: smaller type, a rule above it, or a raised mark after a gap."""
    line = lines[index]
    if line.top < 0.3 * height or not opens_note(line, size):
        return False
    rest = lines[index:]
    if any(r.size > 1.02 * size for r in rest):
        return False
    if all(r.size <= 0.93 * size for r in rest):
        return True
    ruled = any(-2 < line.top - rule < 3 * line.size for rule in rules)
    gap = line.top - lines[index - 1].bottom if index else 99.0
    return ruled or (line.words[0].raised and gap > 0.8 * line.size)


def separators(shapes: Sequence[Shape], width: float) -> list[float]:
    """Heights of level rules short enough to part notes from text, from the left."""
    return [
        s.bottom
        for s in shapes
        if s.bottom - s.top < 3 and 40 < s.x1 - s.x0 < 0.45 * width and s.x0 < 0.4 * width and not s.picture
    ]
