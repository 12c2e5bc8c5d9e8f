"""Notes at the foot of a column: set smaller than the text, each opened by its mark."""

import re
from collections.abc import Sequence

from extractors.formats.pdf.geometry import Line

_MARK = re.compile(r"^(?:\d{1,3}|[*†‡§]{1,3}|[ivx]{1,5}|[a-z])$")


def opens_note(line: Line, size: float) -> bool:
    """Whether a line begins a note: small type, led by a mark."""
    if line.size > 0.93 * size and not line.words[0].raised:
        return False
    first = line.words[0]
    return len(line.words) > 1 and bool(_MARK.match(first.text)) and (first.raised or first.style.size < 0.97 * size)


def split(lines: Sequence[Line], size: float, height: float) -> tuple[list[Line], list[list[Line]]]:
    """Part a column's lines into text and notes.

    Args:
        lines: the column in reading order.
        size: the size of the document's text.
        height: of the page.

    Returns:
        The lines above the notes, and the lines of each note.
    """
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.size > 0.93 * size or line.top < 0.3 * height:
            break
        if opens_note(line, size):
            start = index
    notes: list[list[Line]] = []
    for line in lines[start:]:
        if opens_note(line, size) or not notes:
            line.label, line.label_words = line.words[0].text, 1
            notes.append([line])
        else:
            notes[-1].append(line)
    return list(lines[:start]), notes
