"""Titles in plain type that come again below each section: "Approved Use:", "Training Requirements:"."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from extractors.formats.pdf.drafts import BESIDE_TEXT, Draft
from extractors.records import BlockKind

_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_LONGEST, _MOST_WORDS = 60, 7
_FEWEST = 3
"""Titles that must come again before a document is believed to use one set of them for each of its sections."""
_SPACE = 0.6
"""Sizes of white space above most of them."""
_SAYS = re.compile(
    r"\b(?:shall|must|should|may|will|can|is|are|was|were|be|has|have|not|includ\w+|following|that|if|when|you|they)\b",
    re.IGNORECASE,
)
"""Words of sentences, which lead in what they end before."""


def find(drafts: Sequence[Draft]) -> set[int]:
    """Places of the short lines with a colon that come again, with others like them, over text of their own.

    What leads in a list ("The officer shall:") is a sentence cut short; what comes only once tells nothing.

    Args:
        drafts: of the document, in order; notes and furniture are passed over.
    """
    text = [(place, draft) for place, draft in enumerate(drafts) if draft.kind not in BESIDE_TEXT]
    places: dict[str, list[int]] = defaultdict(list)
    spaced: Counter[str] = Counter()
    for number, (place, draft) in enumerate(text[:-1]):
        if may_title(draft) and _stands_over(draft, text[number + 1][1]):
            said = draft.said.casefold()
            places[said].append(place)
            spaced[said] += number == 0 or _spaced(text[number - 1][1], draft)
    again = {said for said, found in places.items() if len(found) > 1}
    if len(again) < _FEWEST or 2 * sum(spaced[said] for said in again) < sum(len(places[said]) for said in again):
        return set()
    return {place for said in again for place in places[said]}


def may_title(draft: Draft) -> bool:
    """Whether a block is one line of a few words in title case, with no label and a colon at its end."""
    if draft.kind is not BlockKind.PARAGRAPH or draft.label or draft.rows or draft.entry or len(draft.lines) > 1:
        return False
    if not draft.words[-1].text.endswith(":"):
        return False
    said = draft.said
    if len(said) > _LONGEST or said.count(" ") >= _MOST_WORDS or _SAYS.search(said):
        return False
    words = [word for word in said.split() if len(word) > 4 and word[0].isalpha()]
    return bool(words) and said[0].isupper() and all(word[0].isupper() for word in words)


def _stands_over(draft: Draft, below: Draft) -> bool:
    """Whether text of its own begins on the line below, or on the next page."""
    first, last = below.lines[0], draft.lines[-1]
    follows = below.page == draft.page + 1 or (below.page == draft.page and first.base > last.base + 0.5 * draft.size)
    own = below.kind in _TEXT and not below.rows and not below.said.endswith(":")
    return follows and own and first.x0 > last.x0 - draft.size


def _spaced(above: Draft, draft: Draft) -> bool:
    gap = draft.lines[0].top - above.lines[-1].bottom
    return above.page != draft.page or gap > _SPACE * draft.size
