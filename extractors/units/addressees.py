"""Who is told to act."""

import re
from collections.abc import Iterator, Sequence

from extractors.records import EntityKind, Passage, Report, Role
from extractors.units.drafts import Draft

_MODAL = re.compile(
    r"\b(?:should|must|shall|ought\s+to|needs?\s+to|is\s+to|are\s+to|will\s+need|takes?\s+steps|ensures?|reviews?|considers?)\b"
)
_BY = re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE)
_GENERIC = re.compile(
    r"\b(?P<chiefs>(?:[Aa]ll\s+)?[Cc]hief\s+[Cc]onstables)\b|\b(?P<forces>(?:[Aa]ll\s+|[Pp]olice\s+)[Ff]orces|[Ff]orces)\b"
    r"|\b(?P<government>[Tt]he\s+[Gg]overnment)\b(?!s|\s+of)|\b(?P<ministers>[Mm]inisters)\b"
    r"|\b(?P<pccs>[Pp]olice\s+and\s+[Cc]rime\s+[Cc]ommissioners)\b|\b(?P<trusts>NHS\s+[Tt]rusts)\b"
)
_NAMES = {
    "chiefs": "chief constables",
    "forces": "police forces",
    "government": "UK Government",
    "ministers": "ministers",
    "pccs": "police and crime commissioners",
    "trusts": "NHS trusts",
}
_OWN_FORCE = re.compile(r"\b(?:the\s+force|the\s+constabulary|the\s+chief\s+constable|the\s+service)\b", re.IGNORECASE)


def addressees(draft: Draft, report: Report, sent_to: Sequence[str] = ()) -> tuple[str, ...]:
    """Forces and bodies that the demanding sentences name as those who act; else those the report was sent to.

    Args:
        draft: the recommendation.
        report: its report, whose force "the force" means.
        sent_to: addressees of the document as a whole.
    """
    found: dict[str, None] = {}
    for part in draft.parts:
        for sentence in part.sentences:
            if sentence.role is Role.RECOMMENDATION or not draft.demands:
                for name in _actors(part.passage, sentence.start, sentence.end, report):
                    found.setdefault(name)
    if found:
        return tuple(found)
    return tuple(sent_to) or report.forces


def _actors(passage: Passage, start: int, end: int, report: Report) -> Iterator[str]:
    """Names before the verb that demands, or after "by"; the force itself where only "the force" is said."""
    text = passage.block.text
    verb = _MODAL.search(text, start, end)
    until = verb.start() if verb else end
    for entity in passage.entities:
        if entity.kind in (EntityKind.FORCE, EntityKind.BODY) and start <= entity.start < end:
            acts = entity.end <= until or _BY.search(text, max(start, entity.start - 8), entity.start)
            if acts and entity.name != report.publisher:
                yield entity.name
    for match in _GENERIC.finditer(text, start, until):
        yield _NAMES[match.lastgroup or ""]
    if _OWN_FORCE.search(text, start, until) and report.forces:
        yield from report.forces
