"""Levels of headings by the document's own list of contents, for documents without an outline.

The entries are handed on as those of an outline would be: a title, a level and a page of the file.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.formats.pdf.captions import is_caption
from extractors.formats.pdf.drafts import Draft, Listed
from extractors.formats.pdf.outlines import Entry, folded, titles_at
from extractors.formats.pdf.schemes import roman

_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)\.?\s")
_ROMAN = re.compile(r"^[ivxlc]+$", re.IGNORECASE)
_CHAPTER = re.compile(
    r"^(?:chapter|part|volume|section|appendix|annex|schedule)\s+(?:\d|[ivx]+\b|[a-z]\b)", re.IGNORECASE
)
_BEHIND = re.compile(r"\s+\d{1,3}(?:\.\d{1,3})*$")
"""The number of the paragraph that an entry begins with, where the list prints it before the page."""
_INDENT = 0.4
"""Sizes by which an entry must be set in to stand below another."""
_SPACED = 1.15
_FIRST_PAGES = 20
_SHIFTED = 2
"""Pages by which an entry's own title may be off: lists are not always brought up to date."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What an entry's print says of its level: smaller means further out."""

    indent: int
    depth: int
    inner: bool = False
    look: tuple[float, bool, bool] = (0, False, False)


def entries(drafts: Sequence[Draft]) -> list[Entry]:
    """What the document's list of contents names, each with its level and its page in the file."""
    listed = main_list(drafts)
    if not listed:
        return []
    at = titles_at(drafts)
    shifts = {kind: _shift(listed, at, roman_ones=kind) for kind in (False, True)}
    found: list[Entry] = []
    for entry, level in zip(listed, levels(listed), strict=True):
        number, is_roman = _printed(entry.page)
        shift = shifts[is_roman]
        if number and shift is not None and not is_caption(entry.title):
            found.append(_entry(entry, level, number + shift, at))
    return found


def _entry(entry: Listed, level: int, page: int, at: Mapping[str, Sequence[int]]) -> Entry:
    """An entry of an outline: its title as the heading has it, on the one page where that stands, if near."""
    titles = (entry.title, _BEHIND.sub("", entry.title))
    title = next((t for t in titles if any(p - page in (0, 1) for p in at.get(folded(t), ()))), entry.title)
    only = _only(title, at)
    return Entry(level, title, only if only is not None and abs(only - page) <= _SHIFTED else page)


def main_list(drafts: Sequence[Draft]) -> list[Listed]:
    """The entries of the first list of contents, over its pages; lists of figures are passed over."""
    listed: list[Listed] = []
    last = 0
    for draft in drafts:
        if not draft.listed or sum(is_caption(e.title) for e in draft.listed) > 0.5 * len(draft.listed):
            continue
        if draft.page > (last + 1 if listed else _FIRST_PAGES):
            break
        listed.extend(draft.listed)
        last = draft.page
    return listed


def levels(listed: Sequence[Listed]) -> list[int]:
    """The level of each entry, from 1, by how far it is set in, its number, what it is called and its type."""
    places = _by_look(listed, _by_chapter(listed, _by_indent(listed)))
    ranks = {place: rank for rank, place in enumerate(sorted(set(places), key=_order), 1)}
    found: list[int] = []
    least = len(ranks) + 1
    for place in places:
        # What comes before any chapter, such as a foreword set as sections are, is below none.
        found.append(1 if ranks[place] <= least else ranks[place])
        least = min(least, ranks[place])
    return found


def _order(place: _Place) -> tuple[int, int, bool, tuple[float, bool, bool]]:
    return (place.indent, place.depth, place.inner, place.look)


def _by_indent(listed: Sequence[Listed]) -> list[_Place]:
    """How far each is set in, measured from the right edge, which odd and even pages share; then by its number."""
    rights: list[float] = []
    for entry in listed:
        right = max(line.x1 for line in entry.lines)
        rights.append(right if entry.page or not rights else rights[-1])
    widths = [right - entry.lines[0].x0 for right, entry in zip(rights, listed, strict=True)]
    size = sorted(entry.lines[0].size for entry in listed)[len(listed) // 2]
    ordered = sorted(set(widths), reverse=True)
    steps = {ordered[0]: 0}
    for wider, width in pairwise(ordered):
        steps[width] = steps[wider] + (wider - width > _INDENT * size)
    depths = [_depth(entry.title) for entry in listed]
    least: dict[int, int] = {}
    for width, depth in zip(widths, depths, strict=True):
        if depth:
            least[steps[width]] = min(depth, least.get(steps[width], depth))
    return [
        _Place(steps[width], depth - least[steps[width]] if depth else 0)
        for width, depth in zip(widths, depths, strict=True)
    ]


def _depth(title: str) -> int:
    number = _NUMBER.match(title)
    return number[1].count(".") + 1 if number else 0


def _by_chapter(listed: Sequence[Listed], places: Sequence[_Place]) -> list[_Place]:
    """Where all stand at one margin, entries between chapters that have no space above them are their sections."""
    chapters = [bool(_CHAPTER.match(entry.title)) for entry in listed]
    spaced = _spaced(listed)
    done: list[_Place] = []
    open_at: set[_Place] = set()
    for place, chapter, space in zip(places, chapters, spaced, strict=True):
        inner = place in open_at and not chapter and not space
        done.append(_Place(place.indent, place.depth, inner))
        if chapter:
            open_at.add(place)
    return done


def _spaced(listed: Sequence[Listed]) -> list[bool]:
    """Whether each entry has more space above it than most have."""
    steps = [0.0]
    for above, entry in pairwise(listed):
        step = entry.lines[0].base - above.lines[-1].base
        steps.append(step if entry.lines[0].page == above.lines[-1].page and step > 0 else 0.0)
    usual = sorted(step for step in steps if step)
    least = usual[len(usual) // 4] if usual else 0.0
    return [step > _SPACED * least for step in steps]


def _by_look(listed: Sequence[Listed], places: Sequence[_Place]) -> list[_Place]:
    """Where entries at one place are set in two ways, each more than once, larger, bold and capitals come first."""
    looks: dict[_Place, Counter[tuple[float, bool, bool]]] = defaultdict(Counter)
    own = [(-round(e.lines[0].size, 0), not e.lines[0].bold, e.title.upper() != e.title) for e in listed]
    for place, look in zip(places, own, strict=True):
        looks[place][look] += 1
    done: list[_Place] = []
    for place, look in zip(places, own, strict=True):
        usual = {known for known, count in looks[place].items() if count > 1}
        told = look if len(usual) > 1 and look in usual else (min(usual) if len(usual) > 1 else (0.0, False, False))
        done.append(_Place(place.indent, place.depth, place.inner, told))
    return done


def _printed(page: str) -> tuple[int, bool]:
    """A printed page number, 0 where it is none, and whether it is Roman."""
    if page.isdecimal():
        return int(page), False
    return (roman(page.lower()), True) if _ROMAN.match(page) else (0, False)


def _only(title: str, at: Mapping[str, Sequence[int]]) -> int | None:
    """The one page on which a title stands."""
    pages = at.get(folded(title), ())
    return pages[0] if len(pages) == 1 else None


def _shift(listed: Sequence[Listed], at: Mapping[str, Sequence[int]], *, roman_ones: bool) -> int | None:
    """Pages of the file less printed ones, by the titles that stand on one page alone; None where they disagree."""
    votes: Counter[int] = Counter()
    for entry in listed:
        number, is_roman = _printed(entry.page)
        only = _only(entry.title, at)
        if number and only is not None and is_roman == roman_ones:
            votes[only - number] += 1
    if not votes:
        return None
    shift, count = votes.most_common(1)[0]
    return shift if count > 1 and count >= 0.5 * votes.total() else None
