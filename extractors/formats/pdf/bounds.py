"""How much of one page is laid out: the library's own work cannot be stopped half-way, ours is bounded here."""

from extractors.formats.pdf.geometry import Line
from extractors.records import Problem

MAX_LINES = 1_500
"""Runs of words on one baseline. A page of three columns has 300, a dense table 900; more is a drawing of scraps."""


def bound(lines: list[Line], page: int, *, overfull: bool) -> list[Problem]:
    """Keep a page's first lines, and say so where there are more.

    Args:
        lines: in reading order; those after the limit are taken out.
        page: their page.
        overfull: whether its words or shapes were already cut at their own limits.
    """
    if len(lines) <= MAX_LINES and not overfull:
        return []
    del lines[MAX_LINES:]
    what = f"Page {page} holds more words or shapes than a page of a report; it was read in part."
    return [Problem(kind="overfull-page", what=what, mend="Look at the page.", page=page)]
