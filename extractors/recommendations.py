"""Recommendation sentences become units: exact text, number, every page, who is told, by when.

A report's own list is its register: labelled ("Recommendation 7"), numbered under a heading, or headed. Where there
is one, sentences elsewhere that lead up to it are not counted again. Where there is none, sentences decide alone.
What a response reprints belongs to the report it answers.
"""

import hashlib
import re
from collections.abc import Sequence

from extractors.records import BlockKind, EntityKind, Passage, Recommendation, Report, Role
from extractors.report import CORONER
from extractors.units.addressees import addressees
from extractors.units.clock import Clock, clock
from extractors.units.coroners import concerns
from extractors.units.drafts import Draft, whole
from extractors.units.labelled import labelled
from extractors.units.lists import listed
from extractors.units.merging import merged, with_other_printings
from extractors.units.prose import headed, improvements, running

_RESPONSE = re.compile(
    r"\brespon(?:se|ds|ding)\b.{0,60}?\b(?:to|on)\b(?!\s+(?:a\s+)?reports?\s+(?:of|that)\b).{0,160}?"
    r"\b(?:report|recommendations?|inquiry|committee|review|inspection|operation\s+[a-z]+)\b"
    r"|\b(?:government|force|department|trust|council|service|met)\W*s?\s+(?:new\s+|updated\s+)?(?:response|reply|decision)\b"
    r"|\bresponse\s+of\s+the\b|\baction\s+plan\s+in\s+response\b",
    re.IGNORECASE,
)
_INCIDENT = re.compile(
    r"\bpolice\s+response\s+to\b|\bemergency\s+response\b|\bresponse\s+to\s+(?:a\s+)?(?:reports?\s+(?:of|that)|concern)",
    re.IGNORECASE,
)
_HEADS_RESPONSE = re.compile(r"\W*(?:the\s+)?(?:\w+\W+){0,5}response\s+to\b", re.IGNORECASE)
_ONE_OF_A_LIST = re.compile(r"\brecommendation\s+(?P<number>[\w.]{1,8})$", re.IGNORECASE)
_ORDER = re.compile(
    r"\b(?:general|special|standing|departmental|administrative)\s+orders?\b|\bpolicy\s+(?:and\s+procedures?|manual|number|no\b)"
    r"|\bpolic(?:y|ies)\s+(?:&|and)\s+procedures?\b|\beffective\s+date\b|\b(?:supersedes|rescinds|amends)\b|\b(?:issued?|revision|review)\s+date\b"
    r"|\bpolicy\s*:|\bpurpose\b\W*$",
    re.IGNORECASE,
)
_RECOMMENDATION = re.compile(r"\brecommendation|\bwe\s+recommend", re.IGNORECASE)
_SHORT = 40
"""Passages of a record that holds a single recommendation."""
_SENT_TO = re.compile(r"\bTHIS REPORT IS BEING SENT TO\b", re.IGNORECASE)


def units(report: Report, passages: Sequence[Passage]) -> tuple[Recommendation, ...]:
    """The recommendations that a report makes.

    Args:
        report: the report.
        passages: its passages in reading order, tagged.

    Returns:
        One unit for each, in order of place. None for a document that answers another's.
    """
    if answers(report, passages):
        return ()
    drafts = with_other_printings(merged(_found(report, passages)), passages)
    told = _sent_to(passages)
    times = clock(report, passages)
    return tuple(_unit(report, draft, told, times) for draft in drafts)


def answers(report: Report, passages: Sequence[Passage]) -> bool:
    """Whether a document is a response: by its title, or by its first headings."""
    if _RESPONSE.search(report.title) and not _INCIDENT.search(report.title):
        return True
    heads = [p.block.text for p in passages[:15] if p.block.pages[0] == 1 and len(p.block.text) <= 200]
    return any(_HEADS_RESPONSE.match(t) and _RESPONSE.search(t) and not _INCIDENT.search(t) for t in heads)


def _found(report: Report, passages: Sequence[Passage]) -> list[Draft]:
    """Drafts of the surest kind that the report offers."""
    alone = _ONE_OF_A_LIST.search(report.title)
    if alone and len(passages) <= _SHORT:
        body = tuple(whole(p) for p in passages if p.block.kind is not BlockKind.HEADING)
        return [Draft(body, number=alone["number"], formal=True)] if body else []
    if report.publisher == CORONER and (drafts := concerns(passages)):
        return drafts
    (numbered, sections), named = listed(passages), labelled(passages)
    if numbered or len(named) > 1:
        return [*numbered, *(named if len(named) > 1 else ()), *improvements(passages)]
    if len(sections) > 1:
        return [*sections, *improvements(passages)]
    formal = [*named, *improvements(passages), *headed(passages)]
    if _is_order(passages):
        return formal
    used = {part.passage.id for draft in formal for part in draft.parts}
    return [*formal, *running([passage for passage in passages if passage.id not in used])]


def _is_order(passages: Sequence[Passage]) -> bool:
    """Whether a document is a body's own policy or order: it says what its readers must do, and recommends nothing."""
    marks = {found.group().lower() for p in passages[:40] if (found := _ORDER.search(p.block.text))}
    return len(marks) > 1 and not any(_RECOMMENDATION.search(p.block.text) for p in passages if len(p.block.text) <= 80)


def _sent_to(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Bodies and forces to which a coroner's form says it is sent."""
    for index, passage in enumerate(passages[:40]):
        if _SENT_TO.search(passage.block.text):
            near = passages[index : index + 12]
            end = next((i for i, p in enumerate(near) if i and re.match(r"\W*1?\W*CORONER\b", p.block.text)), len(near))
            kinds = (EntityKind.FORCE, EntityKind.BODY)
            return tuple(dict.fromkeys(e.name for p in near[:end] for e in p.entities if e.kind in kinds))
    return ()


def _unit(report: Report, draft: Draft, told: tuple[str, ...], times: Clock) -> Recommendation:
    passages = list(dict.fromkeys(part.passage.id for part in draft.parts))
    scores: dict[str, float] = {}
    for part in draft.parts:
        for theme in part.passage.themes:
            scores[theme.theme] = max(theme.score, scores.get(theme.theme, 0.0))
    # All of its places: units that one lead announces begin at the same one.
    place = ":".join([report.id, *(f"{part.passage.block.ordinal}.{part.start}" for part in draft.parts)])
    return Recommendation(
        id=f"{report.id}:r{hashlib.sha256(place.encode()).hexdigest()[:8]}",
        report=report,
        number=draft.number,
        text=draft.text,
        pages=draft.all_pages(),
        boxes=tuple(box for part in draft.parts for box in part.passage.block.boxes),
        passages=tuple(passages),
        addressees=addressees(draft, report, told),
        themes=tuple(sorted(scores, key=lambda code: -scores[code])),
        made_on=times.made_on,
        due_on=times.due_on,
        decision=times.decision,
        score=_score(draft),
    )


def _score(draft: Draft) -> float:
    """The least sure of its recommendation sentences; where its place alone makes it one, the surest of any."""
    if draft.demands:
        return min(sentence.score for sentence in draft.demands)
    held = [s.scores.get(Role.RECOMMENDATION, 0.0) for part in draft.parts for s in part.sentences]
    return max(held, default=0.0)
