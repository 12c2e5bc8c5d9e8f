"""The fields of the search files, and a passage as a document of them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import tantivy

from extractors.records import Passage
from index import long_names
from index.analysis import many_stems, many_written
from index.embedded.counting import column
from index.embedded.parts import FIELD, part_of
from index.fields import EXACT, FACETS, SOURCE_OF, STEMMED, day_number, place, texts
from index.stretches import Found, Stretch

LAYOUT = 9
"""Raised when the fields change; a generation of another layout must be published again."""

_REPEATED_STEMS = tuple(field for field in STEMMED if field != "text")
_REPEATED_WORDS = tuple(field for field in EXACT if field != "text_exact")
"""What many passages share, such as the title of their report."""

TERMS = "whitespace"
"""The engine is given terms with blanks between: ``index.analysis`` is several times as fast where texts are many."""


def schema() -> tantivy.Schema:
    """The fields."""
    builder = tantivy.SchemaBuilder()
    for field in STEMMED:
        builder.add_text_field(field, tokenizer_name=TERMS)
    for field in EXACT:
        builder.add_text_field(field, tokenizer_name=TERMS)
    for field in ("id", "report_id", "keys", FIELD):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    _add_names(builder)
    for facet in FACETS:
        builder.add_unsigned_field(column(facet), fast=True)
    builder.add_integer_field("page", indexed=True)
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_unsigned_field("place", fast=True, indexed=True)
    builder.add_unsigned_field("stretch", indexed=True)
    builder.add_bytes_field("record", stored=True)
    return builder.build()


def stretch_schema() -> tantivy.Schema:
    """The fields of stretches, which lie in files of their own."""
    builder = tantivy.SchemaBuilder().add_text_field("whole", tokenizer_name=TERMS)
    for field in ("report_id", "keys"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    _add_names(builder)
    builder.add_integer_field("published", indexed=True)
    builder.add_unsigned_field("place", fast=True)
    return builder.build()


@lru_cache(maxsize=10_000)
def _stemmed(text: str) -> str:
    return " ".join(many_stems(text))


_as_written = lru_cache(maxsize=10_000)(many_written)


def _add_names(builder: tantivy.SchemaBuilder) -> None:
    builder.add_text_field(long_names.FIELD, tokenizer_name=TERMS, index_option="freq")


def stretch_document(stretch: Stretch, keys: Iterable[str], found: Found) -> tantivy.Document:
    """*stretch* as it is indexed, with the keys of all its passages and the names *found* in it."""
    document = tantivy.Document()
    report = stretch.passages[0].report
    document.add_text("whole", found.stems)
    document.add_text("report_id", report.id)
    for key in keys:
        document.add_text("keys", key)
    document.add_text(long_names.FIELD, found.names)
    if (day := day_number(report)) is not None:
        document.add_integer("published", day)
    document.add_unsigned("place", stretch.place)
    return document


def to_document(
    passage: Passage, counted: Mapping[str, int], held: tuple[str, ...], found: Found, record: bytes
) -> tantivy.Document:
    """*passage* with the numbers it is *counted* under, its keys, the names *found* in it and its packed *record*."""
    document = tantivy.Document()
    said = texts(passage)
    document.add_text("text", found.stems)
    document.add_text("text_exact", many_written(said["text"]))
    for field in _REPEATED_STEMS:
        document.add_text(field, _stemmed(said[field]))
    for field in _REPEATED_WORDS:
        document.add_text(field, _as_written(said[SOURCE_OF.get(field, field)]))
    for facet, number in counted.items():
        document.add_unsigned(column(facet), number)
    for key in held:
        document.add_text("keys", key)
    document.add_text(long_names.FIELD, found.names)
    document.add_text("id", passage.id)
    document.add_text("report_id", passage.report.id)
    document.add_text(FIELD, str(part_of(passage.report.id)))
    for page in passage.block.pages:
        document.add_integer("page", page)
    if (day := day_number(passage.report)) is not None:
        document.add_integer("published", day)
    document.add_unsigned("place", place(passage.report.id, passage.block.ordinal))
    document.add_bytes("record", record)
    return document
