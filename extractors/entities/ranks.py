"""Police ranks and roles: what people were, never who."""

import re
from collections.abc import Iterator

from extractors.entities.phrases import Phrases
from extractors.records import Entity, EntityKind

_RANKS = """
    police constable|special constable|constable|detective constable|sergeant|police sergeant|detective sergeant
    |acting sergeant|inspector|detective inspector|chief inspector|detective chief inspector|superintendent
    |detective superintendent|chief superintendent|detective chief superintendent|commander
    |deputy assistant commissioner|assistant commissioner|deputy commissioner|assistant chief constable
    |deputy chief constable|chief constable|chief officer|police community support officer|custody sergeant
    |custody officer|custody inspector|detention officer|designated detention officer|custody detention officer
    |custody nurse|control room operator|call handler|dispatcher|response officer|firearms officer
    |authorised firearms officer|tactical firearms commander|strategic firearms commander|post-incident manager
    |family liaison officer|senior investigating officer|investigating officer|appropriate adult|duty inspector
    |professional standards officer|critical incident manager|force incident manager|forensic medical examiner
    |health care professional|healthcare professional|police staff investigator|detective|neighbourhood officer
    |traffic officer|roads policing officer|dog handler|pursuit commander|tactical adviser
"""
_NAMES = frozenset(" ".join(rank.split()) for rank in _RANKS.split("|"))
_SPELT = Phrases({f"{name}s": name for name in _NAMES} | {name: name for name in _NAMES}, {}, capital=False)
_SHORT_NAMES = {
    "PC": "police constable",
    "PCs": "police constable",
    "WPC": "police constable",
    "PCSO": "police community support officer",
    "PCSOs": "police community support officer",
    "PS": "police sergeant",
    "Sgt": "sergeant",
    "DC": "detective constable",
    "DS": "detective sergeant",
    "DI": "detective inspector",
    "DCI": "detective chief inspector",
    "DSU": "detective superintendent",
    "DCS": "detective chief superintendent",
    "Insp": "inspector",
    "Supt": "superintendent",
    "ACC": "assistant chief constable",
    "DCC": "deputy chief constable",
    "SIO": "senior investigating officer",
    "FLO": "family liaison officer",
    "AFO": "authorised firearms officer",
    "CDO": "custody detention officer",
    "DDO": "designated detention officer",
    "FME": "forensic medical examiner",
}
_ALONE = frozenset({"PCSO", "PCSOs", "WPC", "SIO", "AFO", "FME"})
# Two letters mean a rank only before a name, a letter or a number: "PC Smith", "DS [A]", "PC 4".
_SHORT = re.compile(
    rf"\b(?P<rank>{'|'.join(sorted(_SHORT_NAMES, key=len, reverse=True))})\b"
    r"(?P<named>\.?\s+[\[(‘“]?(?:[A-Z]\w*|\d+)\b)?"
)


def ranks(text: str) -> Iterator[Entity]:
    """Ranks and roles in *text*, abbreviations only where they can mean nothing else.

    Examples:
        >>> [(entity.text, entity.name) for entity in ranks("PC Vane told the custody sergeant her PC had failed.")]
        [('PC', 'police constable'), ('custody sergeant', 'custody sergeant')]
    """
    for match in _SHORT.finditer(text):
        if match["named"] or match["rank"] in _ALONE:
            name = _SHORT_NAMES[match["rank"]]
            yield Entity(
                kind=EntityKind.RANK, start=match.start("rank"), end=match.end("rank"), text=match["rank"], name=name
            )
    for match, name in _SPELT.find(text):
        yield Entity(kind=EntityKind.RANK, start=match.start(), end=match.end(), text=match.group(), name=name)
