"""A document as a reader names it: title, publisher, date, investigation, forces, reference.

What a record or the reading says is taken; the rest is found on the first pages, or stays empty
where it cannot be told with some certainty. A wrong force is worse than none.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath

from extractors.entities import find
from extractors.entities.dates import full_dates
from extractors.entities.gazetteer import named_entities, resolve_body, resolve_force
from extractors.entities.operations import operations, references
from extractors.formats.records import ImportRecord
from extractors.records import Block, BlockKind, Document, EntityKind, Reading, Report

_FIRST_PAGES = 3
_DATED = re.compile(
    r"\b(?:published|date(?:d)?|ordered|presented|laid|issued|printed|made)\b[^.]{0,80}$", re.IGNORECASE
)
_INQUIRY = re.compile(
    r"\b(?P<name>(?:[A-Z][\w’'&-]+\s+){1,6}(?:(?:Public|Independent|Statutory)\s+)?(?:Inquiry|Review|Inquest))(?=\W|$)"
)
_BEFORE_NAME = re.compile(r"^(?:(?:The|Report|of|into|on|Independent|Public|Interim|Final|First|Second)\s+)+")
_SENT_TO = re.compile(r"\bTHIS REPORT IS BEING SENT TO\b|\bReport (?:sent|addressed) to\b", re.IGNORECASE)


def describe(reading: Reading, document: Document, record: ImportRecord | None = None) -> Report:
    """Name a document.

    Args:
        reading: what was read.
        document: the bytes it was read from.
        record: the import record it came as, whose fields are taken as they stand.

    Returns:
        The report; its id depends on the record's url, or on the document's bytes.
    """
    first = [block for block in reading.blocks if block.pages[0] <= _FIRST_PAGES][:60]
    title = _title(reading, document, record)
    return Report(
        id=_id(record.url if record else document.sha256),
        sha256=document.sha256,
        url=record.url if record else document.source.locator,
        title=title,
        publisher=_publisher(reading, record, title, first),
        published=(record.published if record else None) or reading.published or _first_date(first),
        source=document.source.name,
        investigation=(record.investigation if record else None) or _investigation(title, reading.blocks),
        forces=_forces(reading.blocks, record, title, first),
        reference=(record.reference if record else None) or _reference(title, first),
        page_count=reading.page_count,
    )


def _id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _title(reading: Reading, document: Document, record: ImportRecord | None) -> str:
    """The record's, the document's own, or the name of its file."""
    stem = PurePath(document.source.locator.rstrip("/")).stem or document.source.locator
    title = (record.title if record else None) or reading.title or stem
    return re.sub(r"\s+", " ", title).strip() or document.sha256[:12]


def _publisher(reading: Reading, record: ImportRecord | None, title: str, first: Sequence[Block]) -> str | None:
    """Who published it: told, or the one body that stands in the title or in the first headings and running lines."""
    told = (record.publisher if record else None) or reading.publisher
    if told:
        return resolve_body(told) or resolve_force(told) or told
    if _is_coroners(first):
        return "Coroner"
    heads = [title, *(b.text for b in first if b.kind in (BlockKind.HEADING, BlockKind.FURNITURE) and b.pages[0] == 1)]
    bodies = Counter(e.name for text in heads for e in named_entities(text) if e.kind is EntityKind.BODY)
    for name, _ in bodies.most_common():
        if name not in _PLACES_OF_PUBLICATION:
            return name
    return None


# Reports are presented to Parliament and its Houses; that names no author.
_PLACES_OF_PUBLICATION = frozenset({"Parliament", "House of Commons", "House of Lords"})


def _is_coroners(first: Sequence[Block]) -> bool:
    text = " ".join(block.text for block in first[:12])
    return bool(re.search(r"\bREGULATION 28\b|\bprevent future deaths\b", text, re.IGNORECASE)) and bool(
        re.search(r"\bcoroner", text, re.IGNORECASE)
    )


def _first_date(first: Sequence[Block]) -> date | None:
    """The first date that says it is the document's, or the only full date of the first page."""
    for block in first:
        for day, start in full_dates(block.text):
            if _DATED.search(block.text, 0, start) or block.text.strip()[:40].startswith(block.text[start:][:10]):
                return day
    alone = {day for block in first if block.pages[0] == 1 for day, _ in full_dates(block.text)}
    return alone.pop() if len(alone) == 1 else None


def _investigation(title: str, blocks: Sequence[Block]) -> str | None:
    """The operation or inquiry of the title, or the operation that most of the document's mentions are of."""
    named = next(operations(title), None)
    if named:
        return named.name
    inquiry = _INQUIRY.search(title)
    if inquiry:
        name = _BEFORE_NAME.sub("", inquiry["name"])
        if " " in name:
            return re.sub(r"\s+", " ", name)
    counts = Counter(entity.name for block in blocks for entity in operations(block.text))
    return _dominant(counts, least=4)


def _dominant(counts: Counter[str], *, least: int, share: float = 0.6) -> str | None:
    """The one name that holds *share* of at least *least* mentions."""
    if not counts:
        return None
    name, count = counts.most_common(1)[0]
    return name if count >= least and count >= share * counts.total() else None


def _forces(
    blocks: Sequence[Block], record: ImportRecord | None, title: str, first: Sequence[Block]
) -> tuple[str, ...]:
    """Forces the report is about: told, in the title, addressed, or named far more than any other."""
    if record and record.forces:
        return tuple(dict.fromkeys(resolve_force(name) or name for name in record.forces))
    titled = _named_forces([title])
    if titled:
        return titled
    addressed = _named_forces(_addressed(first))
    if addressed:
        return addressed
    counts = Counter(e.name for b in blocks for e in named_entities(b.text) if e.kind is EntityKind.FORCE)
    dominant = _dominant(counts, least=5)
    # In a long report a name may dominate and still be a detail: there must be some on every tenth block.
    return (dominant,) if dominant and counts[dominant] * 10 >= len(blocks) else ()


def _named_forces(texts: Iterable[str]) -> tuple[str, ...]:
    found = (e.name for text in texts for e in find(text) if e.kind is EntityKind.FORCE)
    return tuple(dict.fromkeys(found))


def _addressed(first: Sequence[Block]) -> list[str]:
    """The blocks that list whom a coroner writes to."""
    start = next((i for i, block in enumerate(first) if _SENT_TO.search(block.text)), None)
    if start is None:
        return []
    texts: list[str] = [_SENT_TO.split(first[start].text)[-1]]
    for block in first[start + 1 : start + 12]:
        if re.match(r"\W*1?\W*CORONER\b", block.text):
            break
        texts.append(block.text)
    return texts


def _reference(title: str, first: Sequence[Block]) -> str | None:
    """A reference of the title or of the first page."""
    texts = [title, *(block.text for block in first if block.pages[0] == 1)]
    return next((entity.name for text in texts for entity in references(text)), None)
