"""Recommendations that say so: "Recommendation 7: …", "R12 …", in a box, under a heading, or run in."""

import re
from collections.abc import Sequence

from extractors.records import BlockKind, Passage
from extractors.units.drafts import ASKS, BESIDE, Draft, Part, demands, goes_on, listed_in_contents, numbers, whole

_NUMBER = r"[A-Z]{0,2}\d{1,3}(?:\.\d{1,3}){0,2}(?:\s?\([a-z]{1,4}\)|[a-z])?"
_LABEL = re.compile(
    rf"\s*(?:\d{{1,3}}(?:\.\d{{1,3}})*\.?\s+)?(?:(?:(?i:recommendation)\s+(?:No\.?\s*)?(?P<number>{_NUMBER}))|(?P<short>R\d{{1,3}}))"
    r"(?:\s*[:.–—-]\s*(?=\S)|\s+(?=[A-Z“‘\"(•])|\s*[:.]?\s*$)"
)
_MINE = re.compile(r"\s*(?:Area|Areas|AREA|AREAS)\s+(?:for|FOR)\s+(?:improvement|IMPROVEMENT)\b")


def labelled(passages: Sequence[Passage]) -> list[Draft]:
    """Every labelled recommendation, with the text that its label governs.

    A label whose neighbours in number are nowhere in the report is taken for a mention of another report's.
    """
    labels = [(index, label) for index, passage in enumerate(passages) if (label := _label(passage))]
    drafts = [_draft(passages, index, label) for index, label in labels]
    known = [draft for draft in drafts if draft is not None]
    majors = {_major(draft) for draft in known}
    return [draft for draft in known if _in_a_row(_major(draft), majors)]


def _label(passage: Passage) -> re.Match[str] | None:
    block = passage.block
    if block.kind in BESIDE or block.kind is BlockKind.TABLE or listed_in_contents(passage):
        return None
    return _LABEL.match(block.text)


def _draft(passages: Sequence[Passage], index: int, label: re.Match[str]) -> Draft | None:
    """The label's own words and what follows it, up to the next label, heading or numbered paragraph."""
    own = passages[index]
    parts = [Part(own, label.end(), len(own.block.text))] if label.end() < len(own.block.text.rstrip()) else []
    titled = own.block.kind is BlockKind.HEADING
    for passage in passages[index + 1 :]:
        if passage.block.kind in BESIDE:
            continue
        if not _continues(passage, parts, titled=titled, headed=own.block.kind is BlockKind.HEADING):
            break
        titled = False
        parts.append(whole(passage))
    if not any(part.sentences or part.text for part in parts):
        return None
    return Draft(tuple(parts), number=re.sub(r"\s+", "", label["number"] or label["short"]), formal=True)


def _continues(passage: Passage, parts: Sequence[Part], *, titled: bool, headed: bool) -> bool:
    """Whether the passage still belongs to the label above it; where that is a heading, its wording decides too."""
    if passage.block.kind is BlockKind.HEADING or _LABEL.match(passage.block.text) or _MINE.match(passage.block.text):
        return False
    if not parts or titled:
        return True
    if numbers(passage):
        return False
    before = parts[-1].text
    if passage.block.kind is BlockKind.LIST_ITEM or passage.block.marker:
        return goes_on(before) or parts[-1].passage.block.kind is BlockKind.LIST_ITEM or demands(passage)
    if headed and ASKS.search(passage.block.text):
        return True
    return demands(passage) or before.rstrip().endswith(":") or passage.block.text[:1].islower()


def _major(draft: Draft) -> tuple[str, int]:
    """The letters and the leading figure of a number: ("R", 12)."""
    found = re.match(r"([A-Z]*)(\d+)", draft.number or "")
    return (found.group(1), int(found.group(2))) if found else ("", 0)


def _in_a_row(major: tuple[str, int], majors: set[tuple[str, int]]) -> bool:
    letters, figure = major
    return figure == 1 or (letters, figure - 1) in majors or (letters, figure + 1) in majors or len(majors) == 1
