"""Who is told to act."""

import re
from collections.abc import Iterator, Sequence

from extractors.records import EntityKind, Passage, Report, Role
from extractors.units.drafts import Draft

_MODAL = re.compile(
    r"\b(?:should|must|shall|ought\s+to|needs?\s+to|is\s+to|are\s+to|will\s+need|takes?\s+steps|ensures?|reviews?|considers?)\b"
)
_TOLD = re.compile(
    r"\b(?:recommend(?:s|ed)?\s+(?:to\s+the\s+\w+\s+)?that|urged?s?|invited?s?|encouraged?s?|call(?:s|ed)?\s+(?:up)?on)\s+(?=the\b|[A-Z]|all\b|each\b)"
)
"""Where the one who acts comes after the verb that asks, and what is to be done follows in a bare verb."""
_NAME_ENDS = re.compile(r"\s(?!(?:and|or|the|of|for|&)\b)[a-z]")
"""Where a name ends: at the first word in small letters that no name holds."""
_BY = re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE)
_GENERIC = re.compile(
    r"\b(?P<chiefs>(?:[Aa]ll\s+)?[Cc]hief\s+[Cc]onstables)\b"
    r"|(?P<forces>\b(?:[Aa]ll|[Pp]olice|[Oo]ther)\s+[Ff]orces\b|\b(?:[Ee]very|[Ee]ach)\s+(?:police\s+)?force\b|^Forces\b)"
    r"|\b(?P<government>[Tt]he\s+(?:UK\s+)?[Gg]overnment)\b(?![’']s)|\b(?P<ministers>[Mm]inisters)\b(?![’'])"
    r"|\b(?P<devolved>[Dd]evolved\s+(?:administrations|governments))\b"
    r"|\b(?P<pccs>[Pp]olice\s+and\s+[Cc]rime\s+[Cc]ommissioners)\b|\b(?P<trusts>NHS\s+[Tt]rusts)\b"
)
_NAMES = {
    "chiefs": "chief constables",
    "forces": "police forces",
    "government": "UK Government",
    "ministers": "ministers",
    "devolved": "devolved administrations",
    "pccs": "police and crime commissioners",
    "trusts": "NHS trusts",
}
_WORDS = r"[A-Z][\w’'&-]*(?:\s+(?:(?:of|and|for|the|in|on|&)\s+)*[A-Z][\w’'&-]*)*"
_SUBJECT = re.compile(
    rf"(?:(?P<the>\b[Tt]he\s+)|\bthat\s+|^|,\s+)(?P<name>{_WORDS})(?:\s+\([^()]{{2,40}}\))?[,:]?\s*(?:also\s+|therefore\s+)?$"
)
_LONGEST_SUBJECT = 160
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
_COUNTRIES = re.compile(
    r"\b[Gg]overnments?\s+of\s+(?P<countries>(?:(?:,\s*|\s+and\s+|\s+)?(?:the\s+)?(?:UK|United\s+Kingdom|Scotland|Wales|Northern\s+Ireland)\b)+)"
)
_GOVERNMENTS = {
    "UK": "UK Government",
    "United Kingdom": "UK Government",
    "Scotland": "Scottish Government",
    "Wales": "Welsh Government",
    "Northern Ireland": "Northern Ireland Executive",
}
_THINGS = frozenset(
    {
        "Plan",
        "Strategy",
        "Programme",
        "Act",
        "Bill",
        "Scheme",
        "Report",
        "Policy",
        "Code",
        "Fund",
        "Review",
        "Framework",
    }
    | {"Guidance", "Procedure", "Regulations", "Order", "Recommendation", "Recommendations", "Principle", "Register"}
)
"""Names that end so are of papers, which do not act."""
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
    told = _TOLD.search(text, start, end)
    begin = told.end() if told else start
    verb = _NAME_ENDS.search(text, begin, end) if told else _MODAL.search(text, begin, end)
    if verb is None and not told:
        return
    until = verb.start() if verb else end
    named = list(_named(passage, begin, end, until, report))
    countries = [name for said in _COUNTRIES.finditer(text, begin, until) for name in _governments(said)]
    generic = [_NAMES[match.lastgroup or ""] for match in _GENERIC.finditer(text[begin:until])]
    offices = list(_offices(text[begin:until]))
    found = dict.fromkeys([*named, *countries, *generic, *offices])
    yield from found
    if _OWN_FORCE.search(text, begin, until):
        yield from report.forces
    elif not found:
        yield from _subject(text, begin, until)


def _governments(said: re.Match[str]) -> list[str]:
    """The governments of several countries in one breath."""
    return [government for country, government in _GOVERNMENTS.items() if country in said["countries"]]


def _offices(subject: str) -> list[str]:
    """Offices that act together: "the Minister and/or the Department" before the verb, nothing but them and names."""
    if not re.match(r"(?:[Tt]he\s+)?[A-Z]", subject) or len(subject) > _LONGEST_SUBJECT:
        return []
    return [
        f"the {name}"
        for name in re.findall(r"\b[Tt]he\s+([A-Z][a-z]+)\b(?!\s+(?:(?:for|of)\s+)?[A-Z]|[’'])", subject)
        if name in _OFFICES
    ]


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
    if name.rpartition(" ")[2] in _THINGS:
        return
    if name in _OFFICES and found["the"]:
        yield f"the {name}"
    elif " " in name or (name.isupper() and len(name) > 2):
        yield name
