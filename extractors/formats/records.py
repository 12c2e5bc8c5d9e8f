"""Import records: JSON lines, one document a line, from data sets that are text already."""

import json
from collections.abc import Iterator
from datetime import date

from pydantic import Field, ValidationError, field_validator

from extractors.errors import BadRecord
from extractors.formats.building import Builder
from extractors.formats.text import add_text, decode, parsed
from extractors.records import Problem, Reading, Record


class ImportRecord(Record):
    """One document of a data set."""

    url: str = Field(
        min_length=1, description="The record's id: an address, or a name of its own such as 'inquiry:grove#4'."
    )
    title: str = Field(min_length=1)
    publisher: str | None = None
    published: date | None = None
    text: str = Field(description="Paragraphs parted by blank lines.")
    investigation: str | None = Field(None, description="Operation, inquiry or matter the document belongs to.")
    forces: tuple[str, ...] = ()
    reference: str | None = None

    @field_validator("text")
    @classmethod
    def _says_something(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("the record has no text")
        return text

    @field_validator("forces", mode="before")
    @classmethod
    def _no_force_is_none(cls, forces: object) -> object:
        return () if forces is None else forces


def read_records(data: bytes) -> Iterator[ImportRecord | Problem]:
    """Yield each line's record, or a problem of kind 'bad-record' that names the line; blank lines are passed over."""
    for number, line in enumerate(decode(data).split("\n"), 1):
        if line.strip():
            yield _record(line, number)


def _record(line: str, number: int) -> ImportRecord | Problem:
    try:
        return ImportRecord.model_validate(parsed(line))
    except ValidationError as error:
        fields = ", ".join(sorted({".".join(map(str, e["loc"])) or "record" for e in error.errors()}))
        return _problem(number, f"is no import record (check: {fields})")
    except (ValueError, RecursionError):
        return _problem(number, "is not JSON")


def _problem(number: int, why: str) -> Problem:
    return Problem(kind="bad-record", what=f"Line {number} {why}; it was passed over.", mend=BadRecord.default_mend)


def looks_like_records(data: bytes) -> bool:
    """Whether the first line is a JSON object with the fields of an import record."""
    first = decode(data[:1_000_000]).lstrip("\ufeff \r\n").split("\n", 1)[0]
    if not first.lstrip().startswith("{"):
        return False
    try:
        found = json.loads(first)
    except (ValueError, RecursionError):
        return b'"text"' in data[:1_000_000] and b'"url"' in data[:1_000_000]
    return isinstance(found, dict) and any(key in found for key in ("url", "text"))


def read_record(record: ImportRecord) -> Reading:
    """The blocks of a record; its title is their first heading."""
    builder = Builder()
    builder.heading(record.title, 1)
    add_text(builder, record.text)
    return Reading(
        blocks=tuple(builder.blocks), title=record.title, publisher=record.publisher, published=record.published
    )
