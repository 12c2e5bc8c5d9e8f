"""Covers, title pages and mastheads: one title, and no ranks of size among what stands around it."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from extractors.formats.pdf.closings import is_date
from extractors.formats.pdf.drafts import BESIDE_TEXT, Draft
from extractors.records import BlockKind

_PAGES = 3
_GENERIC = re.compile(
    r"^(?:the )?(?:[\w-]+ ){0,2}(?:report|order|paper|directive|manual|policy|response)(?: of session)?"
    r"(?: (?:no\.?|number))?(?: [\w./–-]*\d[\w./–-]*)?$|^(?:volume|module|part|book)\s+\S+$",
    re.IGNORECASE,
)
"""What kind of document it is, which many have in common."""
_BODY = re.compile(
    r"\b(?:commission|committee|department|ministry|police|constabulary|inspectorate|authority|agency|board|bureau|"
    r"house of (?:lords|commons)|parliament)\b",
    re.IGNORECASE,
)
_OF_IT = re.compile(
    r"\b(?:report|review|response|policy|order|use|statement|government's|to the|into)\b", re.IGNORECASE
)
_FORMULA = re.compile(
    r"^(?:presented to|ordered (?:by|to)|published|approved for|printed|laid before|by (?:command|order) of|updated)\b",
    re.IGNORECASE,
)
_MUCH, _LONG, _SENTENCE, _LINES = 700, 200, 60, 3
"""Characters of a page, characters and lines of a block or sentence that make it more than a cover."""


@dataclass(slots=True)
class Front:
    """What stands before the text: levels of its headings, what is none, and the level at which the text begins."""

    levels: dict[int, int] = field(default_factory=dict[int, int])
    text: set[int] = field(default_factory=set[int])
    base: int = 1


def find(drafts: Sequence[Draft], found: Sequence[Draft], sure: Set[int] = frozenset()) -> Front:
    """Levels of the headings of covers and of a masthead over the text of the first page.

    Args:
        drafts: of the whole document, in order.
        found: those that are headings.
        sure: identities (``id``) of those whose levels outline or contents give.
    """
    front = Front()
    heads = {id(draft) for draft in found}
    last = max((draft.page for draft in drafts), default=0)
    for page in range(1, min(_PAGES, last - 1) + 1):
        held = [draft for draft in drafts if draft.page == page and draft.kind not in BESIDE_TEXT]
        titles = [draft for draft in held if id(draft) in heads and id(draft) not in sure]
        if titles and is_cover(held, heads):
            front.text |= {id(draft) for draft in titles if _is_formula(draft)}
            _rank(front, [draft for draft in titles if id(draft) not in front.text])
        elif page == 1:
            above = masthead(held, found)
            _rank(front, [draft for draft in above if id(draft) not in sure])
            front.base = 2 if front.levels else 1
    return front


def is_cover(held: Sequence[Draft], heads: Set[int]) -> bool:
    """Whether a page shows titles and short notes only: no prose, no table, no numbered section."""
    text = [draft for draft in held if id(draft) not in heads]
    if any(draft.listed or len(draft.rows) > 4 or len(draft.lines) > _LINES for draft in text):
        return False
    if any(draft.label_kind in ("number", "plain", "letter") for draft in held if id(draft) in heads):
        return False
    said = [draft.said for draft in text]
    if any(len(each) > _LONG or (len(each) > _SENTENCE and each.endswith(".")) for each in said):
        return False
    return sum(map(len, said)) <= _MUCH


def masthead(held: Sequence[Draft], found: Sequence[Draft]) -> list[Draft]:
    """The headings at the top of a page with text that are set as none below them is."""
    heads = {id(draft) for draft in found}
    above: list[Draft] = []
    for draft in held:
        if id(draft) in heads:
            above.append(draft)
        elif draft.kind is not BlockKind.TABLE and (len(draft.lines) > _LINES or len(draft.said) > _LONG):
            break
    own = {id(draft) for draft in above}
    below = {draft.style for draft in found if id(draft) not in own}
    while above and (above[-1].style in below or above[-1].label):
        above.pop()
    if not above or any(draft.style in below for draft in above):
        return []
    return above if title_of(above).size >= max((size for size, _ in below), default=0) else []


def title_of(titles: Sequence[Draft]) -> Draft:
    """The title among a cover's lines: the largest, and of these the longest, that names neither body nor kind."""
    said = {id(draft): draft.said for draft in titles}
    telling = [
        d
        for d in titles
        if not _GENERIC.match(said[id(d)]) and not _is_formula(d)
        and not (_BODY.search(said[id(d)]) and not _OF_IT.search(said[id(d)]))
    ] or list(titles)  # fmt: skip
    largest = max(draft.size for draft in telling)
    return max((d for d in telling if d.size > 0.95 * largest), key=lambda d: len(said[id(d)]))


def _rank(front: Front, titles: Sequence[Draft]) -> None:
    if titles:
        title = title_of(titles)
        front.levels.update({id(draft): 1 if draft is title else 2 for draft in titles})


def _is_formula(draft: Draft) -> bool:
    return is_date(draft.said) or bool(_FORMULA.match(draft.said))
