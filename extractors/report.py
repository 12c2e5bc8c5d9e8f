"""A document as a reader names it: title, publisher, date, investigation, forces, reference.

What a record or the reading says is taken; the rest is found on the first pages, or stays empty
where it cannot be told with some certainty. A wrong force is worse than none.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import PurePath

from extractors.entities import find
from extractors.entities.dates import full_dates
from extractors.entities.gazetteer import named_entities, resolve_body, resolve_force
from extractors.entities.operations import operations, references
from extractors.formats.records import ImportRecord
from extractors.records import Block, BlockKind, Document, EntityKind, Reading, Report

_FIRST_PAGES = 3
_FEW = 4
"""More forces than that on a title page are a list of partners, not what the report is about."""
_DATED = re.compile(
    r"\b(?:published|date(?:d)?|ordered|presented|laid|issued|printed|made)\b[^.]{0,80}$", re.IGNORECASE
)
_INQUIRY = re.compile(
    r"\b(?P<name>(?:[A-Z][\w’'&-]+\s+){1,6}(?:(?:Public|Independent|Statutory)\s+)?(?:Inquiry|Review))(?=\W|$)"
)
_SAYS_NOTHING = re.compile(r"(?:(?:the|an?|final|interim|full|summary|volume|report|part|[\dIVX]+)\W*)+", re.IGNORECASE)
_BEFORE_NAME = re.compile(r"^(?:(?:The|Report|of|into|on|Independent|Public|Interim|Final|First|Second)\s+)+")
_ANSWERING = re.compile(r"(?P<who>.{3,60}?)(?:[’']s?)?\s*:?\s+(?:response|reply)\s+to\b", re.IGNORECASE)
"""A title that says who answers: "Kent Police's response to …", "Kent Police: response to …"."""
_ANSWERED = re.compile(r"\b(?:response|reply)\s+to\b.*", re.IGNORECASE | re.DOTALL)
"""What a title answers: whoever is named there did not write the answer."""
_A_DATE = 80
"""Characters that a line may have which gives little but the date."""
_OF_THE_FORM = re.compile(r"\b(?:template|version|updated)\b", re.IGNORECASE)
_DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)\b")
CORONER = "Coroner"
_COMMITTEE = r"(?:[A-Z][\w’',&-]*\s+(?:(?:and|of|on|with|for|the)\s+)*){1,8}Committee\b"
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
    publisher = _publisher(reading, record, title, first)
    published = record.published if record else None
    if published is None and publisher == CORONER:
        published = _signed(reading.blocks)
    return Report(
        id=_id(record.url if record else document.sha256),
        sha256=document.sha256,
        url=record.url if record else document.source.locator,
        title=title,
        publisher=publisher,
        published=published or _published(first) or reading.published or _dated(first),
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
    title = re.sub(r"\s+", " ", (record.title if record else None) or reading.title or stem).strip()
    if record is None and _SAYS_NOTHING.fullmatch(title):
        first = [block for block in reading.blocks if block.pages[0] == 1][:20]
        whose = _inquiry(_heads(title, first)) or next(_bodies(_heads(title, first)), None)
        title = f"{whose}: {title}" if whose else title
    return title or document.sha256[:12]


def _publisher(reading: Reading, record: ImportRecord | None, title: str, first: Sequence[Block]) -> str | None:
    """Who published it: told, or the one body that stands in the title or in the first headings and running lines."""
    told = (record.publisher if record else None) or reading.publisher
    if told:
        return resolve_body(told) or resolve_force(told) or told
    if _is_coroners(first):
        return CORONER
    answering = _ANSWERING.match(title)
    if answering and (force := resolve_force(answering["who"]) or resolve_body(answering["who"])):
        return force
    heads = [_ANSWERED.sub("", text) for text in _heads(title, first)]
    return _committee(heads) or _inquiry(heads) or next(_bodies(heads), None)


def _heads(title: str, first: Sequence[Block]) -> list[str]:
    """The title, then the headings and running lines of the first page."""
    kinds = (BlockKind.HEADING, BlockKind.FURNITURE)
    return [title, *(block.text for block in first if block.kind in kinds and block.pages[0] == 1)]


def _committee(heads: Sequence[str]) -> str | None:
    """The committee named under a House, both together: "House of Lords Liaison Committee"."""
    together = " ".join(heads)
    house = re.search(r"\bHouse of (?:Lords|Commons)\b", together, re.IGNORECASE)
    named = (re.match(_COMMITTEE, text) for text in heads)
    committee = next((found.group().strip() for found in named if found), None)
    return f"{house.group().title().replace(' Of ', ' of ')} {committee}" if house and committee else None


def _inquiry(heads: Sequence[str]) -> str | None:
    """The inquiry that the first page names."""
    for text in heads:
        found = _INQUIRY.search(text)
        name = re.sub(r"\s+", " ", _BEFORE_NAME.sub("", found["name"])) if found else ""
        if " " in name:
            return name
    return None


def _bodies(heads: Sequence[str]) -> Iterator[str]:
    """Bodies named there, the most named first."""
    bodies = Counter(e.name for text in heads for e in named_entities(text) if e.kind is EntityKind.BODY)
    return (name for name, _ in bodies.most_common() if name not in _PLACES_OF_PUBLICATION)


# Reports are presented to Parliament and its Houses; that names no author.
_PLACES_OF_PUBLICATION = frozenset({"Parliament", "House of Commons", "House of Lords"})


def _is_coroners(first: Sequence[Block]) -> bool:
    text = " ".join(block.text for block in first[:12])
    return bool(re.search(r"\bREGULATION 28\b|\bprevent future deaths\b", text, re.IGNORECASE)) and bool(
        re.search(r"\bcoroner", text, re.IGNORECASE)
    )


def _published(first: Sequence[Block]) -> date | None:
    """The day on which the first pages say that it was published."""
    for block in first:
        for day, start in full_dates(block.text):
            if re.search(r"\bpublished\s+(?:on\s+)?(?:\w+day,?\s+)?$", block.text[:start], re.IGNORECASE):
                return day
    return None


def _dated(first: Sequence[Block]) -> date | None:
    """The first date that says it is the document's, or the only one of the first page."""
    for block in first:
        for day, start in full_dates(block.text):
            if _DATED.search(block.text, 0, start):
                return day
    alone = {day for block in first if block.pages[0] == 1 for day, _ in full_dates(block.text)}
    return alone.pop() if len(alone) == 1 else None


def _signed(blocks: Sequence[Block]) -> date | None:
    """The day on which a coroner signed: the last date of the form, or that of its 56 days.

    The form itself has a date, too: "Document Template Updated".
    """
    for block in reversed(blocks[-15:]):
        said = f"{block.number}. {block.text}" if block.number else block.text
        if len(said) > _A_DATE or block.kind is BlockKind.FURNITURE or _OF_THE_FORM.search(said):
            continue
        if days := [day for day, _ in full_dates(_DOTTED.sub(r"\1/\2/\3", said))]:
            return days[-1]
    for block in blocks:
        if "56 days" in block.text and (days := [day for day, _ in full_dates(block.text)]):
            return days[-1] - timedelta(days=56)
    return None


def _investigation(title: str, blocks: Sequence[Block]) -> str | None:
    """The operation of the title or of most of the document, else the inquiry that the first page names."""
    named = next(operations(title), None)
    if named:
        return named.name
    counts = Counter(entity.name for block in blocks for entity in operations(block.text))
    dominant = _dominant(counts, least=4)
    # In a long report an operation may be the only one named and still be a detail.
    if dominant and counts[dominant] * 20 >= len(blocks):
        return dominant
    first = [block for block in blocks if block.pages[0] == 1][:20]
    return None if _is_coroners(first) else _inquiry(_heads(title, first))


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
    for heads in ([title], _heads(title, first)):
        named = _named_forces(heads)
        if 0 < len(named) <= _FEW:
            return named
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
