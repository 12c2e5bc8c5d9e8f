"""Which blocks are headings, and how deep."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from extractors.formats.pdf import (
    closings,
    contents,
    contents_levels,
    covers,
    nesting,
    outlines,
    plain_titles,
    recurring,
)
from extractors.formats.pdf.drafts import BESIDE_TEXT, Draft
from extractors.formats.pdf.numbering import clean_number, depth, first_within
from extractors.formats.pdf.outlines import Entry
from extractors.records import BlockKind

_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_CHAPTER = re.compile(
    r"^(chapter|part|annexe?|appendix|attachment|schedule|volume|section|box)\s+[\dA-Z“\"]+", re.IGNORECASE
)

_LEADS = re.compile(
    r"\s(?:that|the|an?|to|by|of|with|is|are|if|when|following|shall|must|will|should|may):$", re.IGNORECASE
)
"""How a clause ends that goes on in the list below it."""

_HARDLY_SMALLER = 0.9
"""Size of a title beside a larger one on whose level it may be."""
_SEVERAL = 3
"""Titles in one type that tell that those in another go on with them."""

_COVER_LINES = 9
"""Lines that a title in very large type may have, as on covers."""

_ASKS = ("how ", "what ", "why ", "when ", "where ", "who ", "whether ")
"""A question that titles its answer may end with a full stop."""


def body_size(drafts: Sequence[Draft]) -> float:
    """The size most characters are set in."""
    sizes: Counter[float] = Counter()
    for draft in drafts:
        for line in draft.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def body_bold(drafts: Sequence[Draft]) -> bool:
    """Whether most text is bold, so that bold says nothing."""
    bold = sum(len(line.text) for d in drafts for line in d.lines if line.bold)
    return bold > 0.5 * sum(len(line.text) for d in drafts for line in d.lines)


Look = tuple[str, tuple[int, int, int], bool]


def look_of(draft: Draft) -> Look | None:
    """Font, colour and slant where all of a draft is set in one; None where they change within."""
    words = [w for line in draft.lines for w in line.words[line.label_words :]]
    looks = {(w.style.font, w.style.colour, w.style.italic) for w in words if not w.raised}
    return next(iter(looks)) if len(looks) == 1 else None


def body_look(drafts: Sequence[Draft]) -> Look | None:
    """The look that most characters have."""
    looks: Counter[Look] = Counter()
    for draft in drafts:
        for word in draft.words:
            looks[(word.style.font, word.style.colour, word.style.italic)] += len(word.text)
    return looks.most_common(1)[0][0] if looks else None


def mark(drafts: Sequence[Draft], outline: Sequence[Entry] = ()) -> None:
    """Turn the drafts that are headings into such, with levels by outline or contents, else by number and type."""
    text = [d for d in drafts if d.kind in _TEXT and not d.rows]
    size = body_size(text)
    named = outlines.named(drafts, outline) or _listed(drafts)
    odd = nesting.at_odds((drafts[place].label, named[place]) for place in sorted(named))
    sure = {} if odd else {id(drafts[place]): level for place, level in named.items()}
    found = [drafts[place] for place in _titles(drafts, text, named, size)]
    closings.mark(drafts, found, size, set(sure))
    found = [draft for draft in found if not draft.closes]
    front = covers.find(drafts, found, set(sure))
    found = [draft for draft in found if id(draft) not in front.text]
    for draft in found:
        draft.kind, draft.level = BlockKind.HEADING, front.levels.get(id(draft))
    listing = {draft.page for draft in drafts if draft.listed}
    for draft in found:
        if draft.page in listing and id(draft) not in sure and contents.titles(draft.lines[0]):
            draft.level = front.base
    placed = {id(draft) for draft in found if draft.level is not None}
    rank([draft for draft in found if draft.level is None], sure, size, front.base)
    nesting.nest(found, {*placed, *sure}, _right_below(drafts), _barren(found, placed))
    _raise_labels(found, sure)
    if not sure:
        close_gaps(found)


def _titles(drafts: Sequence[Draft], text: Sequence[Draft], named: Mapping[int, int], size: float) -> list[int]:
    """Places of the blocks that are set, numbered or listed as titles, in order. *text* is set in *size*."""
    plain_bold, usual = not body_bold(text), body_look(text)
    plain = plain_titles.find(drafts) | recurring.find(drafts)
    found: set[int] = set()
    plainly: set[int] = set()
    for index, draft in enumerate(drafts):
        if draft.kind not in _TEXT or draft.rows or draft.entry:
            continue
        after = next((d for d in drafts[index + 1 :] if d.kind not in BESIDE_TEXT), None)
        looks = is_heading(draft, size, plain_bold) or _stands_out(draft, after, size, usual)
        looks = looks or underlined(draft, after, usual) or _titles_contents(draft, after)
        if index in named or looks:
            found.add(index)
        elif index in plain or (after is not None and titles_numbered(draft, after)):
            plainly.add(index)
    return sorted((found | plainly) - plain_titles.items(drafts, plainly, found | plainly))


def _raise_labels(found: Sequence[Draft], sure: Mapping[int, int]) -> None:
    """Put an "Appendix A" that stands alone over its larger title on the title's level.

    Where an earlier one stands without such a title, the title comes to the label's level instead: the two are twins.
    """
    kept: set[str] = set()
    for label, title in zip(found, [*found[1:], None], strict=False):
        if not (named := _CHAPTER.match(label.said)):
            continue
        kind = named[1].lower()
        if title is None or id(label) in sure or not _labels(label, title):
            kept.add(kind)
        elif kind in kept and id(title) not in sure:
            title.level = max(title.level or 1, label.level or 1)
        else:
            label.level = min(label.level or 1, title.level or 1)


def _labels(label: Draft, title: Draft) -> bool:
    """Whether a heading of two words, such as "Appendix A", stands right over its title."""
    near = title.page == label.page and 0 < title.lines[0].base - label.lines[-1].base < 4 * title.size
    return near and len(label.lines) == 1 and len(label.words) == 2


def _right_below(drafts: Sequence[Draft]) -> set[int]:
    """Identities of the headings that stand right below another."""
    text = [draft for draft in drafts if draft.kind not in BESIDE_TEXT]
    return {id(below) for above, below in pairwise(text) if above.kind is below.kind is BlockKind.HEADING}


def _barren(found: Sequence[Draft], placed: Set[int]) -> set[int]:
    """Identities of the headings that none divides: titles of lists of contents, and lines below a cover's title."""
    minor = {id(draft) for draft in found if id(draft) in placed and draft.level != 1}
    return minor | {id(draft) for draft in found if len(draft.lines) == 1 and contents.titles(draft.lines[0])}


def close_gaps(found: Sequence[Draft]) -> None:
    """Leave no level out: a number of four parts does not make a fourth level."""
    used = sorted({draft.level for draft in found if draft.level is not None})
    for draft in found:
        if draft.level is not None:
            draft.level = 1 + used.index(draft.level)


def _listed(drafts: Sequence[Draft]) -> dict[int, int]:
    """Place of each draft that the list of contents names, with its level; sentences that it quotes stay text."""
    named = outlines.named(drafts, contents_levels.entries(drafts))
    return {p: level for p, level in named.items() if not _is_sentence(drafts[p].said)}


def underlined(draft: Draft, after: Draft | None, usual: Look | None) -> bool:
    """Whether a short block is underlined throughout over one that is not, in the colour of the text: no link is."""
    if after is None or draft.label_kind == "bullet" or not 0 < sum(line.underlined for line in draft.lines) < 4:
        return False
    text = draft.said
    colours = {w.style.colour for w in draft.words}
    own = usual is not None and colours == {usual[1]} and "//" not in text and "www." not in text and "@" not in text
    title = 4 < len(text) < 160 and text[-1] not in ".;," and (text[-1] != ":" or len(draft.words) < 8)
    return own and title and all(line.underlined for line in draft.lines) and not after.lines[0].underlined


def _titles_contents(draft: Draft, after: Draft | None) -> bool:
    """Whether a line, however it is set, is the title of the list of contents below it."""
    return after is not None and bool(after.listed) and len(draft.lines) == 1 and contents.titles(draft.lines[0])


def titles_numbered(draft: Draft, after: Draft) -> bool:
    """Whether a numbered line in plain type titles what follows: 4.5 before 4.5.1, or in title case before text set in.

    Args:
        draft: a block with a printed number or letter.
        after: the next block of the text.
    """
    words = [w.text for line in draft.lines for w in line.words[line.label_words :] if not w.raised]
    text = " ".join(words)
    if draft.label_kind not in ("number", "plain", "letter") or len(draft.lines) > 2 or not 4 < len(text) < 90:
        return False
    if not text[0].isupper() or text[-1] in ".;,:?!-–—":
        return False
    if after.label_kind == "number" and first_within(clean_number(draft.label), clean_number(after.label)):
        return True
    if len(words) < 2 and after.label:
        return False
    capital = all(w[0].isupper() for w in [*words[:-1], words[-1] * 4] if len(w) > 3 and w[0].isalpha())
    set_in = after.lines[0].x0 > draft.lines[0].x0 + 0.8 * draft.size
    return capital and set_in and after.kind is not BlockKind.TABLE and after.page <= draft.page + 1


def _stands_out(draft: Draft, after: Draft | None, size: float, usual: Look | None) -> bool:
    """A short line in a look of its own (slant, colour or font) over a block in another look."""
    if after is None or after.page > draft.page + 1 or usual is None or draft.label_kind in ("bullet", "letter"):
        return False
    if len(draft.lines) > 3:
        return False
    text = draft.said
    letters = sum(map(str.isalpha, text))
    if letters < 5 or letters < 0.6 * len(text) or len(text) > 110 or draft.size < 0.93 * size:
        return False
    if text.rstrip()[-1] in ".,;:" or (not text[0].isupper() and not draft.label):
        return False
    look = look_of(draft)
    return (
        look is not None
        and look != usual
        and look_of(after) != look
        and after.kind in (*_TEXT, BlockKind.HEADING, BlockKind.TABLE)
    )


def is_heading(draft: Draft, size: float, bold_counts: bool) -> bool:
    """Whether a draft is set as a heading."""
    most = _COVER_LINES if draft.size >= 1.8 * size else 5
    text = "" if draft.label_kind == "bullet" or len(draft.lines) > most else draft.said
    letters = sum(map(str.isalpha, text))
    if letters < 3 or len(text) > 260 or _leads(text):
        return False
    if draft.size >= 1.14 * size and len(text) < 220:
        return letters > 0.4 * len(text)
    if text.rstrip().endswith((".", ";", ",")) and len(text) > 60:
        return False
    if draft.size < 0.95 * size:
        return False
    own_bold = all(w.style.bold for line in draft.lines for w in line.words[line.label_words :])
    if bold_counts and own_bold and len(text) < 200 and len(draft.lines) <= 4:
        return not text.rstrip().endswith((";", ",")) and not (_is_sentence(text) and not draft.label)
    shouted = letters > 4 and text.upper() == text and len(text) < 120 and len(draft.lines) <= 2
    return shouted and not text.endswith((";", ","))


def _leads(text: str) -> bool:
    """Whether a clause, not a form's label in capitals, goes on in the list below it."""
    return bool(_LEADS.search(text)) and not text.isupper()


def _is_sentence(text: str) -> bool:
    """Whether a line says something rather than names it: a full stop, and most longer words in small letters."""
    if text.lower().startswith(_ASKS):
        return False
    words = [word for word in text.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return text.rstrip().endswith(".") and len(words) > 2 and sum(w[0].islower() for w in words) > 0.6 * len(words)


def rank(found: Sequence[Draft], named: Mapping[int, int], size: float, base: int) -> None:
    """Level of each heading before its label is compared with others: as the outline has it, else by number and type.

    Args:
        found: the document's headings.
        named: levels that the outline gives, by identity (``id``) of the draft.
        size: of the document's text.
        base: the level of the largest, where neither outline nor contents tell.
    """
    styles = Counter(d.style for d in found)
    by_style = _levels_of_styles(sorted(styles, key=lambda s: (-s[0], not s[1])), found, named, base)
    for draft in found:
        level = named.get(id(draft), by_style[draft.style])
        # A title in the type of the text is no chapter, whatever number it has.
        strong = draft.bold or draft.size >= 1.14 * size
        if id(draft) not in named and strong and draft.label and draft.label_kind in ("number", "plain"):
            deep = depth(clean_number(draft.label))
            level = 1 if deep == 1 else min(deep, level)
        draft.level = min(level, 6)


def _levels_of_styles(
    ranked: Sequence[tuple[int, bool]], found: Sequence[Draft], named: Mapping[int, int], base: int
) -> dict[tuple[int, bool], int]:
    """A level for each size and weight, largest first: what the outline mostly gives it, else one below the larger.

    Those larger than all that it names, as on covers, push nothing down.
    """
    given: dict[tuple[int, bool], Counter[int]] = {style: Counter() for style in ranked}
    for draft in found:
        if id(draft) in named:
            given[draft.style][named[id(draft)]] += 1
    levels: dict[tuple[int, bool], int] = {}
    above = 0 if named else base - 1
    for larger_one, style in zip([None, *ranked], ranked, strict=False):
        if given[style]:
            levels[style] = given[style].most_common(1)[0][0]
            known = any(given[larger] for larger in levels if larger != style)
            above = max(above, levels[style]) if known else levels[style]
        elif larger_one is not None and not given[larger_one] and _go_on_smaller(larger_one, style, found):
            levels[style] = levels[larger_one]
        else:
            above += 1
            levels[style] = above
    return levels


def _go_on_smaller(larger: tuple[int, bool], style: tuple[int, bool], found: Sequence[Draft]) -> bool:
    """Whether titles in capitals go on hardly smaller after several larger ones, as behind an order's first page.

    What divides the larger ones would stand among them.
    """
    if larger[1] != style[1] or style[0] < _HARDLY_SMALLER * larger[0]:
        return False
    first = [place for place, draft in enumerate(found) if draft.style == larger]
    then = [place for place, draft in enumerate(found) if draft.style == style]
    capitals = all(found[place].said.isupper() for place in (*first, *then))
    return capitals and min(len(first), len(then)) >= _SEVERAL and first[-1] < then[0]
