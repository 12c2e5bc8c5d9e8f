"""Recommendations without a number: under a heading of their own, or in running text where sentences demand."""

import re
from collections.abc import Iterator, Sequence

from extractors.records import BlockKind, Passage, Role
from extractors.units.drafts import BESIDE, Draft, Part, demands, goes_on, listed_in_contents, numbers, whole
from extractors.units.lists import heads_recommendations

_IMPROVEMENT = re.compile(r"^\W*(?:areas?\s+for\s+improvement|causes?\s+of\s+concern)\b", re.IGNORECASE)
_FIELD = re.compile(
    r"^\W*(?:date|do you accept|accepted|status|owner|response|reference)\b[^.]{0,60}[:?]", re.IGNORECASE
)
_OF_OTHERS = re.compile(
    r"\b(?:ma[dk]es?|making|issued?|issues|issuing|developed?|consider(?:ed)?|accept(?:ed|s)?)\s+(?:\w+\s+){0,4}recommendations?\b(?!\s+that\b)"
    r"|\brecommendations?\s+(?:\d\S*\s+(?:and\s+\S+\s+)?)?(?:was|were|has\s+been|have\s+been|had\s+been|is\s+being|are\s+being)\b",
    re.IGNORECASE,
)
_MUST = re.compile(r"\b(?:should|must|shall|ought)\b", re.IGNORECASE)
_SUPPOSES = re.compile(
    r"^\W*(?:should|were|had)\s+(?:an?|the|any|this|such)\b|\bwould\s+(?:need|have)\s+to\b", re.IGNORECASE
)
_LOOKS_BACK = re.compile(
    r"^(?:this|these|it|they|such|that|the (?:review|policy|guidance|training|plan))\b", re.IGNORECASE
)


def improvements(passages: Sequence[Passage]) -> list[Draft]:
    """What an inspectorate asks for under "Area for improvement" and "Cause of concern"."""
    found: list[Draft] = []
    for index, passage in enumerate(passages):
        if _IMPROVEMENT.match(passage.block.text) and len(passage.block.text) <= 60:
            under = [p for p in _under(passages[index + 1 :]) if demands(p) or _hangs(p)]
            found.extend(Draft(d.parts, d.number, formal=True) for d in _grouped(under) if d.demands)
    return found


def headed(passages: Sequence[Passage]) -> list[Draft]:
    """Blocks right under a heading "Recommendations", each that demands on its own."""
    found: list[Draft] = []
    for index, passage in enumerate(passages):
        text = passage.block.text
        short = passage.block.kind is BlockKind.HEADING or len(text) <= 40
        if not (short and heads_recommendations(text)) or listed_in_contents(passage):
            continue
        under = list(_under(passages[index + 1 :]))
        drafts = _grouped([p for p in under if demands(p) or _hangs(p)], one_each=True)
        if not drafts and under:
            # The heading says what they are, even where the tagger is unsure of every one.
            drafts = [Draft((whole(p),)) for p in under]
        found.extend(Draft(d.parts, d.number, formal=True) for d in drafts)
    return found


def _under(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Blocks up to the next heading, without the fields that a page prints about its recommendation."""
    for passage in passages:
        if passage.block.kind is BlockKind.HEADING:
            return
        if passage.block.kind not in BESIDE and not _FIELD.match(passage.block.text):
            yield passage


def _hangs(passage: Passage) -> bool:
    """Whether a block is an item of a list, which needs no verb of its own."""
    return passage.block.kind is BlockKind.LIST_ITEM or passage.block.marker is not None


def running(passages: Sequence[Passage]) -> list[Draft]:
    """Recommendations in running text: neighbouring sentences that demand, with the items they announce."""
    aside = {*BESIDE, BlockKind.HEADING}
    body = [p for p in passages if p.block.kind not in aside and not _FIELD.match(p.block.text)]
    chosen: list[Passage] = []
    for passage in body:
        announced = bool(chosen) and _hangs(passage) and goes_on(chosen[-1].block.text)
        if (demands(passage, sure=True) or announced) and not listed_in_contents(passage):
            chosen.append(passage)
    return [draft for draft in _grouped(chosen) if not _tells_only(draft)]


def _tells_of_one(text: str) -> bool:
    """Whether a sentence tells of recommendations or supposes a case, and asks for nothing itself.

    Examples:
        >>> _tells_of_one("A recommendation was made to address this deficiency.")
        True
        >>> _tells_of_one("The force has accepted our recommendation and should now publish its plan.")
        False
        >>> _tells_of_one("Should a decision be made to pay, the force would assess each claim.")
        True
    """
    if _SUPPOSES.search(text):
        return not _MUST.search(text.lstrip()[len("should") :])
    return _OF_OTHERS.search(text) is not None and not _MUST.search(text)


def _tells_only(draft: Draft) -> bool:
    """Whether each of its recommendation sentences only tells of recommendations."""
    said = [
        p.passage.block.text[s.start : s.end] for p in draft.parts for s in p.sentences if s.role is Role.RECOMMENDATION
    ]
    return bool(said) and all(map(_tells_of_one, said))


def _grouped(passages: Sequence[Passage], *, one_each: bool = False) -> list[Draft]:
    """Passages as recommendations: items join the sentence that announces them, what looks back joins what it means.

    With *one_each* a passage makes one recommendation, however many remarks stand between its sentences.
    """
    drafts: list[Draft] = []
    for passage in passages:
        pieces = _pieces(passage)
        if not pieces:
            continue
        if drafts and _joins(passage, pieces[0], drafts[-1]):
            drafts[-1] = Draft((*drafts[-1].parts, pieces[0]), drafts[-1].number)
            pieces = pieces[1:]
        number = passage.block.number if numbers(passage) else None
        if one_each and pieces:
            drafts.append(Draft(tuple(pieces), number))
        else:
            drafts.extend(Draft((piece,), number) for piece in pieces)
    return drafts


def _joins(passage: Passage, piece: Part, before: Draft) -> bool:
    last = before.parts[-1].passage.block
    if passage.block.ordinal - last.ordinal > 3 or numbers(passage):
        return False
    if _hangs(passage):
        return goes_on(before.parts[-1].text) or (len(before.parts) > 1 and last.kind is BlockKind.LIST_ITEM)
    return passage.block.ordinal - last.ordinal == 1 and bool(_LOOKS_BACK.match(piece.text))


def _pieces(passage: Passage) -> list[Part]:
    """Runs of neighbouring recommendation sentences of one passage; an item without any is a piece as a whole."""
    runs: list[Part] = []
    previous = -2
    for index, sentence in enumerate(passage.sentences):
        if sentence.role is not Role.RECOMMENDATION:
            continue
        if previous == index - 1:
            runs[-1] = Part(passage, runs[-1].start, sentence.end)
        else:
            runs.append(Part(passage, sentence.start, sentence.end))
        previous = index
    return runs or ([whole(passage)] if _hangs(passage) else [])
