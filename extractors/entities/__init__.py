"""Named things in a text, with exact offsets: forces, bodies, operations, references, dates, deadlines, law, ranks.

People are not among them, on purpose: no feature profiles named persons.
"""

from collections.abc import Iterable

from extractors.entities.dates import dates, deadlines
from extractors.entities.gazetteer import named_entities
from extractors.entities.legislation import legislation
from extractors.entities.offices import offices
from extractors.entities.operations import operations, references
from extractors.entities.ranks import ranks
from extractors.records import Entity, EntityKind

__all__ = ["find"]


def find(text: str) -> tuple[Entity, ...]:
    """Entities of *text* in order of place; those of one kind never overlap, the longer one stays.

    Examples:
        >>> [(entity.kind.value, entity.name) for entity in find("GMP officers began Operation Larch on 3 May 2021.")]
        [('force', 'Greater Manchester Police'), ('operation', 'Operation Larch'), ('date', '2021-05-03')]
    """
    named = list(named_entities(text))
    days = list(dates(text))
    kinds = (
        [entity for entity in named if entity.kind is EntityKind.FORCE],
        [*(entity for entity in named if entity.kind is EntityKind.BODY), *offices(text)],
        operations(text),
        references(text),
        days,
        deadlines(text, days),
        legislation(text),
        ranks(text),
    )
    kept = [entity for found in kinds for entity in _apart(found)]
    return tuple(sorted(kept, key=lambda entity: (entity.start, entity.end, entity.kind)))


def _apart(found: Iterable[Entity]) -> list[Entity]:
    """Entities of one kind without overlaps: longer before shorter, earlier before later."""
    kept: list[Entity] = []
    for entity in sorted(found, key=lambda e: (e.start - e.end, e.start)):
        if all(entity.end <= other.start or other.end <= entity.start for other in kept):
            kept.append(entity)
    return kept
