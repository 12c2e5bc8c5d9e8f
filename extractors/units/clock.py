"""When a recommendation was made and when its answer is due."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.entities.dates import full_dates
from extractors.records import Decision, EntityKind, Passage, Report

_ANSWER = re.compile(
    r"\b(?:respond|responses?|reply|replies|answers?)\b[^.]{0,60}?\b(?:to|on|them)\b"
    r"(?:[^.]{0,40}?\b(?:my|our|these|this|the)\s+(?:\w+\s+)?(?:recommendations?|reports?)\b|\W)|\bmust\s+answer\b",
    re.IGNORECASE,
)
_BINDS = re.compile(
    r"\b(?:shall|should|must|required|requires?|duty|expects?|obliged|asks?|is\s+to|are\s+to)\b", re.IGNORECASE
)
_STATUTORY = re.compile(
    r"\bparagraph\s+28[AB]\b|\b28[AB]\s+of\s+[Ss]chedule\s+3\b|\bRegulation\s+2[89]\b|\bregulations\s+28\b"
)
_MADE = re.compile(r"^\W*date\s+of\s+(?:the\s+)?recommendations?\W+", re.IGNORECASE)
_DUE = re.compile(r"^\W*date\s+(?:the\s+)?(?:force\s+)?response\s+(?:is\s+)?due\W+", re.IGNORECASE)
_ACCEPT = re.compile(r"^\W*do\s+you\s+accept\s+the\s+recommendation\W*\s*(?P<answer>[\w ]+)", re.IGNORECASE)
_FIFTY_SIX = timedelta(days=56)
_ANSWERS = {
    "yes": Decision.ACCEPTED,
    "accepted": Decision.ACCEPTED,
    "no": Decision.REJECTED,
    "rejected": Decision.REJECTED,
    "partially": Decision.PARTLY_ACCEPTED,
    "in part": Decision.PARTLY_ACCEPTED,
    "awaiting response": Decision.NO_REPLY,
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What a document prints about all of its recommendations."""

    made_on: date | None = None
    due_on: date | None = None
    decision: Decision | None = None


def clock(report: Report, passages: Sequence[Passage]) -> Clock:
    """Dates and decision: printed as fields, named in a sentence, or set by law at 56 days."""
    made = _field(passages, _MADE) or report.published
    due = _field(passages, _DUE) or _named(passages, made)
    if due is None and made and any(_STATUTORY.search(passage.block.text) for passage in passages):
        due = made + _FIFTY_SIX
    return Clock(made, due, _decision(passages))


def _field(passages: Sequence[Passage], label: re.Pattern[str]) -> date | None:
    for passage in passages:
        found = label.match(passage.block.text)
        if found:
            return next((day for day, _ in full_dates(passage.block.text[found.end() :])), None)
    return None


def _decision(passages: Sequence[Passage]) -> Decision | None:
    for passage in passages:
        found = _ACCEPT.match(passage.block.text)
        if found:
            return _ANSWERS.get(found["answer"].strip().lower())
    return None


def _named(passages: Sequence[Passage], made: date | None) -> date | None:
    """The day by which those addressed must answer: a date before a number of days."""
    for passage in passages:
        for sentence in passage.sentences:
            text = passage.block.text[sentence.start : sentence.end]
            if not (_ANSWER.search(text) and _BINDS.search(text)):
                continue
            limits = [
                entity.name
                for entity in passage.entities
                if entity.kind is EntityKind.DEADLINE and sentence.start <= entity.start < sentence.end
            ]
            for name in sorted(limits, key=lambda name: name.startswith("P")):
                day = _day(name, made)
                if day and (made is None or day >= made):
                    return day
    return None


def _day(name: str, made: date | None) -> date | None:
    """The day a deadline means: an ISO date, or a duration from *made* on.

    Examples:
        >>> _day("2025-10-10", None), _day("P6M", date(2024, 8, 31)), _day("P56D", None)
        (datetime.date(2025, 10, 10), datetime.date(2025, 2, 28), None)
    """
    duration = re.fullmatch(r"P(\d+)([DWMY])", name)
    if duration is None:
        return date.fromisoformat(name) if len(name) == len("2025-10-10") else None
    if made is None:
        return None
    count, unit = int(duration.group(1)), duration.group(2)
    if unit in "DW":
        return made + timedelta(days=count * (7 if unit == "W" else 1))
    months = made.year * 12 + made.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(made.day, monthrange(year, month)[1]))
