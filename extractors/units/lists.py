"""Numbered lists under a heading such as "Recommendations" or "Conclusions and recommendations"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.records import BlockKind, Passage
from extractors.units.drafts import BESIDE, Draft, Part, demands, goes_on, listed_in_contents, numbers, squeezed, whole

_NUMBERED = re.compile(r"^(?:(?:chapter|part|annex|appendix|section|volume)?(?:\d+|[a-z](?=[A-Z]))*)*")
_SOMEBODY_ELSES = re.compile(
    r"recommendationsof|previous|earlier|past|progress|implement|respons|statusof|followup|accepted"
)
_CLOSING = re.compile(r"\((?P<kind>Conclusion|Recommendation)s?,?\s+Paragraphs?\s+[^()]{1,30}\)\W*$", re.IGNORECASE)
_FAR = 10
"""How many passages may stand between a sub-heading and the next item."""


@dataclass(slots=True)
class Item:
    """A numbered item and the blocks under it."""

    number: tuple[int, ...]
    head: Passage
    under: list[Passage] = field(default_factory=list[Passage])

    @property
    def passages(self) -> list[Passage]:
        """The item's own block and those under it."""
        return [self.head, *self.under]

    @property
    def closing(self) -> str | None:
        """What its closing bracket calls it: "recommendation", "conclusion" or nothing."""
        found = _CLOSING.search(self.passages[-1].block.text)
        return found["kind"].lower() if found else None

    @property
    def demands(self) -> bool:
        """Whether any of its sentences recommends."""
        return any(demands(passage) for passage in self.passages)

    @property
    def italic(self) -> bool:
        """Whether it is set in italics."""
        return self.head.block.emphasis == "italic"


def heads_recommendations(text: str) -> bool:
    """Whether a heading opens a list of the report's own recommendations.

    Examples:
        >>> [heads_recommendations(t) for t in ("2. RECOMMENDATIONS", "Summary of conclusions and recommendations")]
        [True, True]
        >>> [heads_recommendations(t) for t in ("Recommendations of previous inquiries", "Recommendation 7", "Method")]
        [False, False, False]
    """
    plain = squeezed(text)
    return (
        "recommendation" in plain
        and len(plain) <= 70
        and not re.search(r"recommendation[a-z]{0,2}\d+[a-z]?$|recommendationr?\d", plain)
        and not _SOMEBODY_ELSES.search(plain)
    )


def listed(passages: Sequence[Passage]) -> list[Draft]:
    """Recommendations of every numbered list, in order."""
    drafts: list[Draft] = []
    for index, passage in enumerate(passages):
        block = passage.block
        is_head = block.kind is BlockKind.HEADING or (len(block.text) <= 60 and not block.text.rstrip().endswith("."))
        if is_head and heads_recommendations(block.text) and not listed_in_contents(passage):
            items = _items(passages[index + 1 :])
            drafts.extend(draft for item in _chosen(items, block.text) for draft in _drafts(item))
    return drafts


def _items(passages: Sequence[Passage]) -> list[Item]:
    """Items that follow one another in number, with what stands under each."""
    items: list[Item] = []
    open_item = True
    for index, passage in enumerate(passages):
        if passage.block.kind in BESIDE:
            continue
        number = numbers(passage)
        if number and _follows(number, items):
            items.append(Item(number, passage))
            open_item = True
        elif passage.block.kind is BlockKind.HEADING or (number and not _under(passage)):
            if (not items and index > 3) or (items and not _resumes(passages[index + 1 :], items)):
                break
            open_item = False
        elif items and open_item:
            open_item = _belongs(passage, items[-1])
            if open_item:
                items[-1].under.append(passage)
            elif not _resumes(passages[index + 1 :], items):
                break
        elif not items and index > 3:
            break
    return items


def _follows(number: tuple[int, ...], items: Sequence[Item]) -> bool:
    """Whether a number opens a list (with 1, or any number of its paragraphs) or is the next one of it."""
    if not items:
        return True
    last = items[-1].number
    return number == (*last[:-1], last[-1] + 1)


def _under(passage: Passage) -> bool:
    """Whether a numbered block is part of an item all the same: a letter, or a number with a letter."""
    return bool(passage.block.marker) or bool(re.search(r"[a-z(]", passage.block.number or ""))


def _resumes(passages: Sequence[Passage], items: Sequence[Item]) -> bool:
    """Whether the next number of the list comes soon."""
    seen = 0
    for passage in passages:
        if passage.block.kind in BESIDE:
            continue
        number = numbers(passage)
        if number:
            return _follows(number, items)
        seen += 1
        if seen > _FAR:
            return False
    return False


def _belongs(passage: Passage, item: Item) -> bool:
    """Whether an unnumbered block continues the item."""
    if passage.block.kind is BlockKind.LIST_ITEM or passage.block.marker:
        return True
    before = item.passages[-1].block
    return demands(passage) or goes_on(before.text) or passage.block.text[:1].islower()


def _chosen(items: Sequence[Item], heading: str) -> list[Item]:
    """The items of a list that are recommendations.

    A committee says which are which by a closing bracket, or sets recommendations in italics. Where it does neither
    and most items recommend, the list is taken whole, as those who answer it do. Otherwise the sentences decide.
    """
    if any(item.closing for item in items):
        return [item for item in items if item.closing == "recommendation"]
    asking = sum(item.demands for item in items)
    if re.search(r"conclusion|finding|lesson", squeezed(heading)):
        italics = sum(item.italic for item in items)
        if 0 < italics < len(items):
            return [item for item in items if item.italic]
        return list(items) if asking >= 0.6 * len(items) else [item for item in items if item.demands]
    starts = bool(items) and items[0].number[-1] == 1
    return list(items) if starts and asking >= 0.5 * len(items) else [item for item in items if item.demands]


def _drafts(item: Item) -> list[Draft]:
    """One recommendation of an item, or one of each of its sub-items where its own words are only a title."""
    number = ".".join(map(str, item.number))
    if not item.under or not _is_title(item.head):
        parts = tuple(whole(passage) for passage in item.passages)
        return [Draft(_without_number(parts, item), number=number, formal=True)]
    return _split(item.under, number)


def _is_title(passage: Passage) -> bool:
    text = passage.block.text.strip()
    return not demands(passage) and (
        passage.block.kind is BlockKind.HEADING or (len(text) <= 120 and text[-1:].isalnum())
    )


def _split(passages: Sequence[Passage], number: str) -> list[Draft]:
    """Sub-items as recommendations of their own; a sub-item that is only a title is split again."""
    groups: list[list[Passage]] = []
    for passage in passages:
        letter = _letter(passage)
        if not groups or (letter and not _is_deeper(passage, groups[-1][0])):
            groups.append([passage])
        else:
            groups[-1].append(passage)
    drafts: list[Draft] = []
    for group in groups:
        letter = _letter(group[0])
        own = f"{number}({letter})" if letter else number
        if len(group) > 1 and _is_title(group[0]) and _letter(group[1]):
            drafts.extend(_split(group[1:], own))
        else:
            drafts.append(Draft(tuple(map(whole, group)), number=own, formal=True))
    return drafts


_ROMAN = re.compile(r"^[ivx]+$")


def _letter(passage: Passage) -> str | None:
    found = re.match(r"\W*([a-z]{1,5})\W*$", passage.block.marker or "")
    return found.group(1) if found else None


def _is_deeper(passage: Passage, top: Passage) -> bool:
    """Whether a sub-item is one level below another: "(i)" below "(a)", but "(i)" after "(h)" is not."""
    own, other = _letter(passage) or "", _letter(top) or ""
    if not _ROMAN.match(own) or _ROMAN.match(other):
        return False
    return not (own == "i" and other == "h")


def _without_number(parts: tuple[Part, ...], item: Item) -> tuple[Part, ...]:
    """Leave out a number that the reader left in the text."""
    head = item.head.block
    found = re.match(r"\d[\d.]*[.)]?\s+", head.text) if head.number is None else None
    return (Part(item.head, found.end(), len(head.text)), *parts[1:]) if found else parts
