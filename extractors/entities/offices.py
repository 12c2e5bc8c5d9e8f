"""Bodies too many to list, known by how they are called: ministers, commissioners, trusts, councils, prisons."""

import re
from collections.abc import Iterator

from extractors.records import Entity, EntityKind

_WORD = r"[A-Z][\w’'.-]*"
_NAMES = re.compile(
    rf"""\b(?:
      (?P<pcc>(?:Police(?:,\s+Fire)?\s+and\s+Crime\s+Commissioner|PF?CC)\s+for\s+(?:the\s+)?{_WORD}(?:(?:\s+and)?\s+{_WORD}){{0,2}})
    | (?P<secretary>Secretary\s+of\s+State\s+for\s+(?:the\s+)?{_WORD}(?:(?:,|\s+and)?\s+{_WORD}){{0,5}})
    | (?P<trust>{_WORD}(?:,?\s+(?:(?:and|of\s+the|of|&|for)\s+)?{_WORD}){{0,7}}
        \s+(?:NHS\s+)?(?:Foundation\s+)?(?:NHS\s+)?(?:Trust|Health\s+Board|Integrated\s+Care\s+Board))
    | (?P<council>London\s+Borough\s+of\s+{_WORD}(?:(?:\s+and)?\s+{_WORD})?
        |(?:{_WORD}(?:\s+(?:and\s+)?{_WORD}){{0,3}}\s+(?:County|City|Borough|District|Metropolitan\s+Borough|Town)\s+Council))
    | (?P<prison>HM(?:P|YOI)(?:/(?:H?M?)?YOI)?\s+{_WORD}(?:\s+{_WORD})?)
    )\b""",
    re.VERBOSE,
)
_MAY_HOLD = re.compile(r"Commissioner|P(?:F)?CC |Secretary of|Trust|Board|Council|Borough|HM(?:P|YOI)")
_LEADING = re.compile(
    r"(?:(?:The|At|In|On|By|And|From|To|For|As|While|When|Since|If|Both|Dear|Mr|Mrs|Ms|Dr|Interim|Acting|Chief|Managing"
    r"|Medical|Executive|Officer|Director|CEO)[,\s]+(?:of\s+|the\s+)*)+"
)


def offices(text: str) -> Iterator[Entity]:
    """Commissioners, Secretaries of State, trusts, councils and prisons named in *text*.

    Examples:
        >>> [entity.name for entity in offices("The PCC for Kent wrote to HMP Northmoor and the Vale NHS Trust.")]
        ['Police and Crime Commissioner for Kent', 'HMP Northmoor', 'Vale NHS Trust']
    """
    for match in _NAMES.finditer(text) if _MAY_HOLD.search(text) else ():
        leading = _LEADING.match(text, match.start(), match.end())
        start = leading.end() if leading else match.start()
        name = re.sub(r"\s+", " ", text[start : match.end()])
        if match.lastgroup == "trust" and not re.search(r"\b(?:NHS|Health|Hospitals?|Care|Ambulance)\b", name):
            continue
        if match.lastgroup == "pcc":
            name = re.sub(
                r"^PCC", "Police and Crime Commissioner", re.sub(r"^PFCC", "Police, Fire and Crime Commissioner", name)
            )
        yield Entity(kind=EntityKind.BODY, start=start, end=match.end(), text=text[start : match.end()], name=name)
