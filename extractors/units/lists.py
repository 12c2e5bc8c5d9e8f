"""Numbered lists under a heading such as "Recommendations" or "Conclusions and recommendations"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.records import BlockKind, Passage
from extractors.units.drafts import (
    ASKS,
    BESIDE,
    Draft,
    Part,
    demands,
    goes_on,
    listed_in_contents,
    numbers,
    squeezed,
    whole,
)

_HEADING = re.compile(
    # Figures are taken whole (++): tried apart, a row of sixty digits would be split in every way there is.
    r"(?:(?:chapter|part|section|annex|appendix|volume)(?:\d++|[a-z]|[ivx]+)|\d++|[a-z](?=\d))*"
    r"(?:the|our|my|new|summaryof|summary|listof|full|final|key|main|formal|overview|consolidated|principal|detailed|executive"
    r"|conclusions?|findings?|lessons|learned|learnt|observations?|actions?|general|specific|national|local|organisational"
    r"|learning|safety|and|of|further|additional|police|force)*"
    r"recommendations?(?:(?:to|for|on|made|arising|from|and|in|about|relating|ofth(?:is|e(?:report|inquiry|committee)))[a-z0-9]{0,50})?"
)
_SOMEBODY_ELSES = re.compile(
    r"previous|earlier|past|progress|implement|respons|statusof|followup|accepted|interim|scope|background"
)
_CLOSING = re.compile(r"\((?P<kind>Conclusion|Recommendation)s?,?\s+Paragraphs?\s+[^()]{1,30}\)\W*$", re.IGNORECASE)
_RECOMMENDS = re.compile(
    r"\b(?:we|I|(?:the|this)\s+(?:[A-Z]\w+\s+){0,4}[A-Z]\w+)\s+(?:\w+ly\s+|therefore\s+|also\s+|further\s+)?recommend(?:s|ed)?\b"
    r"(?=[^.]{0,160}(?:\bthat\b|\bto\b|:))"
)
_TOLD_ALONE = re.compile(r"^\W*that\b", re.IGNORECASE)
_FOREIGN = re.compile(r"\s[|/]\s.*|\b\w*[^\W\d_a-zA-Z]\w*\b")
"""The second language of a heading printed in two: what follows a bar, or words with letters English lacks."""
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_LEAD_IN = 4
"""How many passages may stand between the heading and the first item."""
_FAR = 10
"""How many may stand between two items."""


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
    def asks(self) -> bool:
        """Whether it recommends, or is at least worded so."""
        return self.demands or any(ASKS.search(passage.block.text) for passage in self.passages)

    @property
    def performs(self) -> bool:
        """Whether its first block recommends in so many words: "On 30 June the Commission recommended that …"."""
        return self.head.block.kind is not BlockKind.HEADING and _RECOMMENDS.search(self.head.block.text) is not None

    def leads(self, following: "Item | None") -> bool:
        """Whether it is left open for items of the next level, as "6.3 … recommended that:" for "6.3.1 …"."""
        deeper = following is not None and following.number[:-1] == self.number
        return deeper and self.passages[-1].block.text.rstrip().endswith(":")

    @property
    def italic(self) -> bool:
        """Whether it is set in italics."""
        return self.head.block.emphasis == "italic"


def heads_recommendations(text: str) -> bool:
    """Whether a heading opens a list of the report's own recommendations.

    Examples:
        >>> [heads_recommendations(t) for t in ("2. RECOMMENDATIONS", "Summary of conclusions and recommendations")]
        [True, True]
        >>> [heads_recommendations(t) for t in ("Recommendations of previous inquiries", "Recommendation 7")]
        [False, False]
        >>> heads_recommendations("6 Recommendations Ngā tūtohutanga")
        True
    """
    plain = squeezed(_FOREIGN.sub("", text))
    return _HEADING.fullmatch(plain) is not None and not _SOMEBODY_ELSES.search(plain)


def listed(passages: Sequence[Passage]) -> tuple[list[Draft], list[Draft]]:
    """Recommendations of every numbered list, in order.

    Returns:
        Those of lists with numbers of their own (1, 2, 3), and those of sections whose paragraphs bear the
        report's numbers (8.1, 8.2), which may be the list itself or the discussion that leads to it.
    """
    own: list[Draft] = []
    sections: list[Draft] = []
    for index, passage in enumerate(passages):
        block = passage.block
        is_head = block.kind is BlockKind.HEADING or (len(block.text) <= 60 and not block.text.rstrip().endswith("."))
        if is_head and heads_recommendations(block.text) and not listed_in_contents(passage):
            items = _items(passages[index + 1 :])
            if len(items) < 2 and not (items and items[0].number == (1,) and items[0].demands):
                continue
            kind = own if items and len(items[0].number) == 1 else sections
            kind.extend(
                draft for lead, item in _led(_chosen(items, block.text), items) for draft in _drafts(item, lead)
            )
    return own, sections


def _items(passages: Sequence[Passage]) -> list[Item]:
    """Items that follow one another in number, with what stands under each."""
    items: list[Item] = []
    still_under = False
    for index, passage in enumerate(passages):
        if passage.block.kind in BESIDE:
            continue
        number = numbers(passage)
        if number and _follows(number, items):
            items.append(Item(number, passage))
            still_under = True
        elif items and (_lettered(passage, items[-1], still_under) or (still_under and _belongs(passage, items[-1]))):
            items[-1].under.append(passage)
            still_under = True
        elif items and still_under and _stands_between(passage, passages[index + 1 : index + 4], items[-1]):
            items[-1].under.append(passage)
        elif number and _strays(passage):
            continue
        elif not (_resumes(passages[index + 1 :], items) if items else index <= _LEAD_IN):
            break
        else:
            still_under = False
    return items


def _follows(number: tuple[int, ...], items: Sequence[Item]) -> bool:
    """Whether a number opens a list (with 1, or any number of its paragraphs) or is the next one of it."""
    if not items:
        return True
    last = items[-1].number
    if number == (*last[:-1], last[-1] + 1) or (len(last) > 1 and number == (*last, 1)):
        return True
    level = len(number)  # back from 6.3.5 to 6.4, never to chapter 7
    return 1 < level < len(last) and number == (*last[: level - 1], last[level - 1] + 1)


def _lettered(passage: Passage, item: Item, still_under: bool) -> bool:
    """Whether a lettered block is the item's next sub-item; far from it, a lettered heading is of another section."""
    return _next_letter(passage, item) and (still_under or passage.block.kind is not BlockKind.HEADING)


def _resumes(passages: Sequence[Passage], items: Sequence[Item]) -> bool:
    """Whether the next number or letter of the list comes soon: a sub-heading or a remark stood between."""
    near = [passage for passage in passages[: 2 * _FAR] if passage.block.kind not in BESIDE][:_FAR]
    return any(
        _lettered(p, items[-1], still_under=False) or ((number := numbers(p)) and _follows(number, items)) for p in near
    )


def _belongs(passage: Passage, item: Item) -> bool:
    """Whether an unnumbered block continues the item."""
    if passage.block.kind is BlockKind.HEADING or numbers(passage):
        return False
    if passage.block.kind is BlockKind.LIST_ITEM or passage.block.marker:
        return True
    before = item.passages[-1].block
    return demands(passage) or goes_on(before.text) or passage.block.text[:1].islower()


def _stands_between(passage: Passage, after: Sequence[Passage], item: Item) -> bool:
    """Whether a remark stands right between two sub-items, such as how success will be measured."""
    following = next((p for p in after if p.block.kind not in BESIDE), None)
    return (
        passage.block.kind is not BlockKind.HEADING
        and not numbers(passage)
        and bool(item.under)
        and following is not None
        and _next_letter(following, item)
    )


def _strays(passage: Passage) -> bool:
    """Whether a number is a page's: a short line without a stop, such as a running head with its page number."""
    text = passage.block.text.rstrip()
    return passage.block.kind is not BlockKind.HEADING and len(text) <= 80 and text[-1:] not in ".;:,?!)”"


def _next_letter(passage: Passage, item: Item) -> bool:
    """Whether a lettered block is the next sub-item: (b) or (i) after (a), (c) after (b)(ii)."""
    letter = _letter(passage)
    if letter is None:
        return False
    before = [own for own in map(_letter, item.under) if own]
    if not before:
        return letter in ("a", "i")
    roman = _ROMANS.index(letter) if letter in _ROMANS else -1
    deeper = letter == "i" or (roman > 0 and before[-1] == _ROMANS[roman - 1])
    return deeper or (len(letter) == 1 and chr(ord(letter) - 1) in before)


def _chosen(items: Sequence[Item], heading: str) -> list[Item]:
    """The items of a list that are recommendations.

    A committee says which are which by a closing bracket, or sets recommendations in italics. Where it does neither
    and most items recommend, the list is taken whole, as those who answer it do. Otherwise the sentences decide.
    """
    if any(item.closing for item in items):
        return [item for item in items if item.closing == "recommendation"]
    asking = sum(item.asks for item in items)
    if re.search(r"conclusion|finding|lesson", squeezed(heading)):
        italics = sum(item.italic for item in items)
        if 0 < italics < len(items):
            return [item for item in items if item.italic]
        return list(items) if asking >= 0.6 * len(items) else [item for item in items if item.demands]
    of_its_own = len(items) > 1 and items[0].number == (1,)
    if of_its_own and asking >= 0.6 * len(items):
        return list(items)
    if any(item.performs for item in items):
        # The body says outright which are its own; what demands beside them is discussion, or the answer it got.
        return [item for item in items if item.performs]
    return [item for item in items if item.demands]


def _led(chosen: Sequence[Item], items: Sequence[Item]) -> Iterator[tuple[Item | None, Item]]:
    """Chosen items, each with the item that announces it; one that announces gives way to those it announces."""
    for item in chosen:
        place = next(i for i, other in enumerate(items) if other is item)
        after = items[place + 1 :]
        if item.leads(after[0] if after else None):
            announced = [other.number[:-1] == item.number for other in after]
            yield from ((item, other) for other, under in zip(after, announced, strict=True) if under)
        elif not any(other.leads(item) and other.number == item.number[:-1] for other in chosen):
            yield None, item


def _drafts(item: Item, lead: Item | None) -> list[Draft]:
    """One recommendation of an item, or one of each of its sub-items where its own words only announce them."""
    number = ".".join(map(str, item.number))
    parts = _without_number(tuple(whole(passage) for passage in item.passages), item)
    before = tuple(whole(passage) for passage in lead.passages) if lead else ()
    if item.under and (_is_title(item.head, item.under) or _announces(item.head, item.under)):
        return _split(item.under, number, parts[:1] if _announces(item.head, item.under) else ())
    return [Draft((*before, *parts), number=number, formal=True)]


def _is_title(passage: Passage, under: Sequence[Passage]) -> bool:
    """Whether a block only names what its sub-items ask, whatever the tagger makes of so few words."""
    text = passage.block.text.strip()
    if passage.block.kind is BlockKind.HEADING:
        return not demands(passage) or (not ASKS.search(text) and _stand_alone(under))
    if len(text) > 120 or ASKS.search(text):
        return False
    return _stand_alone(under) or (text[-1:].isalnum() and not demands(passage))


def _announces(passage: Passage, under: Sequence[Passage]) -> bool:
    """Whether a block is left open by a colon for sub-items that each ask something in a sentence of its own."""
    return passage.block.text.rstrip().endswith(":") and _stand_alone(under)


def _stand_alone(under: Sequence[Passage]) -> bool:
    lettered = [passage.block.text for passage in under if _letter(passage)]
    asking = sum(bool(ASKS.search(text) or _TOLD_ALONE.match(text)) for text in lettered)
    return len(lettered) > 1 and asking >= 0.6 * len(lettered)


def _split(passages: Sequence[Passage], number: str, lead: tuple[Part, ...] = ()) -> list[Draft]:
    """Sub-items as recommendations of their own, each after its *lead*; one that only announces is split again."""
    groups: list[list[Passage]] = []
    if any(map(_letter, passages)):
        # What stands before the first letter is the discussion that leads to it.
        passages = passages[next(i for i, passage in enumerate(passages) if _letter(passage)) :]
    elif not (demands(passages[0]) or ASKS.search(passages[0].block.text)):
        return []  # a heading of the discussion that bears the recommendation's number
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
        under = group[1:]
        if under and _letter(under[0]) and _announces(group[0], under):
            drafts.extend(_split(under, own, (*lead, whole(group[0]))))
        elif under and _letter(under[0]) and _is_title(group[0], under):
            below = _split(under, own, lead)
            # A single sub-item is known by the letter above it.
            drafts.extend([replace(below[0], number=own)] if len(below) == 1 else below)
        else:
            drafts.append(Draft((*lead, *map(whole, group)), number=own, formal=True))
    return drafts


def _letter(passage: Passage) -> str | None:
    found = re.match(r"\W*([a-z]{1,5})\W*$", passage.block.marker or "")
    return found.group(1) if found else None


def _is_deeper(passage: Passage, top: Passage) -> bool:
    """Whether a sub-item is one level below another: "(i)" below "(a)", but "(i)" after "(h)" is not."""
    own, other = _letter(passage) or "", _letter(top) or ""
    return own in _ROMANS and other not in _ROMANS and not (own == "i" and other == "h")


def _without_number(parts: tuple[Part, ...], item: Item) -> tuple[Part, ...]:
    """Leave out a number that the reader left in the text."""
    head = item.head.block
    found = re.match(r"\d[\d.]*[.)]?\s+", head.text) if head.number is None else None
    return (Part(item.head, found.end(), len(head.text)), *parts[1:]) if found else parts
