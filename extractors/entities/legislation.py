"""Acts, regulations and the provisions cited: "section 136 of the Mental Health Act 1983"."""

import re
from collections.abc import Iterator

from extractors.records import Entity, EntityKind

_TITLE_END = re.compile(r"\b(?:Act|Regulations|Rules|Order|Measure)\s+(?:\([^()]{2,40}\)\s+)?(?:17|18|19|20)\d\d\b")
_TITLE_WORD = r"(?:[A-Z][\w’'-]*|\([A-Z][^()]{1,80}\)|and|of|the|to|for|in|on|etc\.?|&)"
_TITLE_BEFORE = re.compile(rf"(?:{_TITLE_WORD},?\s+)+$")
_LEADING = re.compile(
    r"(?:(?:[Aa]nd|[Oo]f|[Tt]he|[Tt]o|[Ff]or|[Ii]n|[Oo]n|&|Under|This|That|By|From|With|As|Both|See|While|When|Since|Although|"
    r"However|Section|Part|Schedule|Chapter|Code|If|Where|Such|Unlike|Before|After|Because|Section|Within)\s+|,\s*)+"
)
_ACRONYM = re.compile(r"\([A-Z]{2,6}\) ")  # "Police Reform Act (PRA) 2002"
_PROVISION = re.compile(
    r"(?P<provision>\b(?:[Ss]ections?|ss?\.|[Pp]aragraphs?|[Pp]aras?\.?|[Rr]egulations?|[Rr]eg\.|[Rr]ules?|[Aa]rticles?|[Ss]chedules?|[Pp]arts?)\s*"
    r"\d{1,3}[A-Z]{0,2}(?:\s?\(\w{1,4}\))*(?:(?:\s*(?:,|and|or|to|-|–)\s*)\d{1,3}[A-Z]{0,2}(?:\(\w{1,4}\))*)*"
    r"(?:\s+(?:of|to)\s+(?:[Ss]chedule|[Pp]art)\s+\d{1,2}[A-Z]?)?)\s+(?:of|to|in|under)?\s*(?:the\s+)?$"
)
_SHORT = re.compile(r"\b(?:PACE(?:\s+Code\s+[A-H])?|ECHR|MHA|RIPA|CPIA|FOIA)\b")
_SHORT_PROVISION = re.compile(
    r"\b(?:[Ss]ections?|ss?\.|[Pp]aragraphs?|[Aa]rticles?|[Cc]ode)\s*(?:\d{1,3}[A-Z]{0,2}(?:\(\w{1,4}\))*|[A-H]\b)"
    r"(?:\s+(?:of|to)\s+[Ss]chedule\s+\d{1,2}[A-Z]?)?\s+(?:of\s+)?(?:the\s+)?$"
)
_ABBREVIATED = {
    "PACE": "Police and Criminal Evidence Act 1984",
    "ECHR": "European Convention on Human Rights",
    "MHA": "Mental Health Act 1983",
    "RIPA": "Regulation of Investigatory Powers Act 2000",
    "CPIA": "Criminal Procedure and Investigations Act 1996",
    "FOIA": "Freedom of Information Act 2000",
}
_KINDS = {"s": "section", "ss": "section", "reg": "regulation", "para": "paragraph", "paras": "paragraph"}


def legislation(text: str) -> Iterator[Entity]:
    """Acts, with the provision cited where there is one; the name puts the Act first.

    Examples:
        >>> [entity.name for entity in legislation("Held under s.136 of the Mental Health Act 1983.")]
        ['Mental Health Act 1983, section 136']
    """
    for match in _TITLE_END.finditer(text):
        start = _title_start(text, match.start())
        if start is not None:
            yield _cited(text, start, match.end(), _ACRONYM.sub("", re.sub(r"\s+", " ", text[start : match.end()])))
    for match in _SHORT.finditer(text):
        act, _, code = match.group().partition(" ")
        before = _SHORT_PROVISION.search(text, max(0, match.start() - 60), match.start())
        provision = _provision(before.group()) if before else ""
        name = ", ".join(filter(None, (_ABBREVIATED[act], code, provision)))
        yield _entity(text, before.start() if before else match.start(), match.end(), name)


def _title_start(text: str, at: int) -> int | None:
    """Where the title of the Act begins whose last word stands at *at*; None where nothing capitalised precedes."""
    before = _TITLE_BEFORE.search(text, max(0, at - 160), at)
    if before is None:
        return None
    leading = _LEADING.match(text, before.start(), at)
    start = leading.end() if leading else before.start()
    return start if start < at and text[start].isupper() else None


def _cited(text: str, start: int, end: int, act: str) -> Entity:
    provision = _PROVISION.search(text, max(0, start - 90), start)
    if provision is None:
        return _entity(text, start, end, act)
    return _entity(text, provision.start(), end, f"{act}, {_provision(provision['provision'])}")


def _provision(text: str) -> str:
    """A provision in one form.

    Examples:
        >>> _provision("s.136"), _provision("Paragraph 28A of Schedule 3")
        ('section 136', 'paragraph 28A of schedule 3')
    """
    words = re.sub(r"\s+", " ", re.sub(r"\b(?:of )?the\b", "", text)).strip().removesuffix(" of")
    kind = re.match(r"[A-Za-z]+", words)
    if kind is None:
        return words
    rest = words[kind.end() :].lstrip(". ")
    name = kind.group().lower()
    return f"{_KINDS.get(name, name.removesuffix('s'))} {rest.replace('Schedule', 'schedule').replace('Part', 'part')}"


def _entity(text: str, start: int, end: int, name: str) -> Entity:
    return Entity(kind=EntityKind.LEGISLATION, start=start, end=end, text=text[start:end], name=name)
