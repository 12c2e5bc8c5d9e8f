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
    r"\b(?P<chiefs>(?:[Aa]ll\s+)?[Cc]hief\s+[Cc]onstables)\b"
    r"|(?P<forces>\b(?:[Aa]ll|[Pp]olice|[Oo]ther)\s+[Ff]orces\b|\b(?:[Ee]very|[Ee]ach)\s+(?:police\s+)?force\b|^Forces\b)"
    r"|\b(?P<government>[Tt]he\s+(?:UK\s+)?[Gg]overnment)\b(?![’']s)|\b(?P<ministers>[Mm]inisters)\b(?![’'])"
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
_WORDS = r"[A-Z][\w’'&-]*(?:\s+(?:(?:of|and|for|the|in|on|&)\s+)*[A-Z][\w’'&-]*)*"
_SUBJECT = re.compile(
    rf"(?:(?P<the>\b[Tt]he\s+)|\bthat\s+|^|,\s+)(?P<name>{_WORDS})(?:\s+\([^()]{{2,40}}\))?,?\s+(?:also\s+|therefore\s+)?$"
)
# One capitalised word after "the" is a name where it stands for an office.
_OFFICES = frozenset(
    {
        "Department",
        "Minister",
        "Board",
        "Commission",
        "Council",
        "Trust",
        "Authority",
        "Committee",
        "Agency",
        "Ministry",
    }
    | {"Service", "Panel", "Inspectorate", "College", "Regulator", "Ombudsman", "Company", "Operator", "Mayor"}
)
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
    if verb is None:
        return
    named = list(_named(passage, start, end, verb.start(), report))
    yield from named
    generic = [_NAMES[match.lastgroup or ""] for match in _GENERIC.finditer(text[start : verb.start()])]
    yield from generic
    if _OWN_FORCE.search(text, start, verb.start()):
        yield from report.forces
    elif not named and not generic:
        yield from _subject(text, start, verb.start())


def _named(passage: Passage, start: int, end: int, until: int, report: Report) -> Iterator[str]:
    """Forces and bodies of the gazetteer that stand before the verb, or after "by"."""
    text = passage.block.text
    for entity in passage.entities:
        if entity.kind in (EntityKind.FORCE, EntityKind.BODY) and start <= entity.start < end:
            acts = entity.end <= until or _BY.search(text, max(start, entity.start - 8), entity.start)
            if acts and entity.name != report.publisher and not text.startswith(("’s", "'s"), entity.end):
                yield entity.name


def _subject(text: str, start: int, until: int) -> Iterator[str]:
    """A capitalised name right before the verb that the gazetteer does not know."""
    found = _SUBJECT.search(text[start:until])
    if found is None:
        return
    name = re.sub(r"\s+", " ", found["name"])
    if name in _OFFICES and found["the"]:
        yield f"the {name}"
    elif " " in name or (name.isupper() and len(name) > 2):
        yield name
