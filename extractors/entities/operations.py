"""Operation names and reference numbers."""

import re
from collections.abc import Iterator

from extractors.records import Entity, EntityKind

# Capitalised words that follow "Operation" without being its name.
_NOT_NAMES = frozenset(
    """
    of the and or in to for by on at a an is was room rooms centre center manual manuals order orders team teams
    commander command support officer officers manager management procedure procedures name names code date time report
    plan plans guidance group board unit staff number licence license hours cost costs costing notice phase stage level
    standards system systems specification instructions mode research control services service department director
    directorate policy training review lead leader leads gold silver bronze theatre note notes log logs security
    """.split()  # noqa: SIM905 - a list of 90 strings would be read by nobody
)
_TWO_WORDS = (
    r"(?:Iraqi\s+Freedom|Desert\s+(?:Storm|Fox|Shield)|London\s+Bridge|Yew\s+Tree|Enduring\s+Freedom|Cedar\s+Tree)"
)
_NAME = rf"(?:{_TWO_WORDS}|[A-Z][a-zé]{{2,}}(?:-[A-Z][a-z]+)?|[A-Z]{{3,}})"
_ONE = re.compile(rf"\b(?:Operation|OPERATION|Op\.?)\s+[‘'“\"]?(?P<name>{_NAME})\b(?!\s+[Oo]perations?\b)")
_SEVERAL = re.compile(rf"\bOperations\s+{_NAME}(?:,\s+{_NAME})*,?\s+(?:and|&)\s+{_NAME}\b")
_EACH = re.compile(rf"\b{_NAME}\b")

_REFERENCE = re.compile(
    r"""(?<![\w/.,£$-])(?:
      (?P<case>(?:19|20)\d\d/(?!(?:19|20)\d\d\b)\d{4,7}|\d{3,5}/\d{5,7})
    | (?P<pfd>20[12]\d-0\d{3})
    | (?:[Rr]ef(?:erence)?(?:\s+(?:number|no))?\.?:?\s+)(?P<cued>[A-Z]{0,4}[-/]?\d{3,5}[/-]?\d{4,7})
    | (?P<paper>HC\s?\d{1,4}(?:-[IVX]+)?|HL\s?(?:Paper\s)?\d{1,3}|CP\s?\d{2,4}|Cmn?d?\.?\s?\d{3,4})
    )(?![\w/]|-\d|,\d{3})""",
    re.VERBOSE,
)
_STATUTORY = re.compile(r"\b(?:S\.?I\.?|S\.?R\.?|SSI|WSI|No\.)\s*$")


def operations(text: str) -> Iterator[Entity]:
    """Operations named in *text*: "Operation Hotton", "Op Hotton", and each of "Operations Elm and Oak".

    Examples:
        >>> [entity.name for entity in operations("Op Larch began. The operation of Room 2. Operations Elm and Oak.")]
        ['Operation Larch', 'Operation Elm', 'Operation Oak']
    """
    for match in _ONE.finditer(text):
        if match["name"].lower() not in _NOT_NAMES:
            yield _operation(text, match.start(), match.end(), match["name"])
    for several in _SEVERAL.finditer(text):
        each = list(_EACH.finditer(text, several.start() + len("Operations"), several.end()))
        if not any(match.group().lower() in _NOT_NAMES for match in each):  # "Operations Manager and Head" is a post
            for match in each:
                yield _operation(text, match.start(), match.end(), match.group())


def _operation(text: str, start: int, end: int, name: str) -> Entity:
    canonical = " ".join(word.capitalize() if word.isupper() else word for word in name.split())
    return Entity(kind=EntityKind.OPERATION, start=start, end=end, text=text[start:end], name=f"Operation {canonical}")


def references(text: str) -> Iterator[Entity]:
    """Case numbers (2019/118999), coroners' numbers (2025-0592) and parliamentary papers (HC 119) in *text*.

    Examples:
        >>> [entity.name for entity in references("See 2019/118999, SI 2013/16290 and 2019-2020.")]
        ['2019/118999']
    """
    for match in _REFERENCE.finditer(text):
        if match["case"] and _STATUTORY.search(text, max(0, match.start() - 6), match.start()):
            continue
        group = match.lastgroup or "case"
        name = re.sub(r"\s+", " ", match[group])
        yield Entity(
            kind=EntityKind.REFERENCE, start=match.start(group), end=match.end(group), text=match[group], name=name
        )
