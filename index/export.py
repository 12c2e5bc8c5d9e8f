"""Hits and recommendations as CSV, XLSX or JSON lines, each with the record of the query that it answers.

In CSV the record stands in the last columns of every row, so that the file stays one plain table; in XLSX on a sheet
of its own; in JSON lines on the first line. Cells that a spreadsheet would run as a formula are defused. The same
rows and record give the same bytes, whenever and wherever they are written.
"""

import csv
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO, TextIOWrapper
from itertools import chain
from typing import Any, BinaryIO, Literal, cast

from pydantic import Field, ValidationError

from extractors.errors import UsageError
from extractors.records import Record
from index.protocol import NO_FILTERS, Description, Filters, Mode, Sort
from index.rows import Row

Form = Literal["csv", "xlsx", "jsonl"]
Table = Iterable[Mapping[str, Any]]

MOST_ROWS = 1_048_575
"""What a sheet holds below its header."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767
_ZIPPED_AT = (1980, 1, 1, 0, 0, 0)
_WRITTEN_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class QueryRecord(Record):
    """What was asked of which corpus: enough to ask it again and get the same."""

    query: str = ""
    filters: Filters = NO_FILTERS
    kind: str = Field(default="passages", description="What the rows are: passages, recommendations or a table.")
    sort: Sort = "relevance"
    mode: Mode = "text"
    limit: int | None = Field(default=None, description="How many were asked for; all where absent.")
    total: int
    generation: str | None
    schema_version: str
    models: tuple[str, ...] = ()
    answer: str | None = Field(default=None, description="SHA-256 of the rows as JSON lines, where it was taken.")

    @classmethod
    def of(
        cls, description: Description, total: int, query: str = "", filters: Filters = NO_FILTERS, **more: Any
    ) -> "QueryRecord":
        """The record of a query answered by the index so described."""
        return cls(
            query=query,
            filters=filters,
            total=total,
            generation=description.generation,
            schema_version=description.schema_version,
            models=description.models,
            **more,
        )

    def row(self) -> Row:
        """The record as cells; what has no value is left out."""
        return {
            **{name: value for name, value in self.model_dump(mode="json").items() if value is not None},
            "filters": self.filters.model_dump_json(exclude_defaults=True),
            "generation": self.generation,
            "models": "; ".join(self.models),
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "QueryRecord":
        """The record that ``row`` made cells of.

        Raises:
            UsageError: these are not the cells of one.
        """
        given = {name: value for name, value in row.items() if value not in {None, ""}}
        models = tuple(filter(None, str(given.pop("models", "")).split("; ")))
        try:
            filters = Filters.model_validate_json(str(given.pop("filters", "{}")))
            return cls.model_validate({**given, "filters": filters, "models": models}, strict=False)
        except ValidationError:
            raise UsageError("The file holds no record of a query.", mend="Name an export of findingaid.") from None


def export(rows: Table, record: QueryRecord, form: Form) -> bytes:
    """*rows* as a file of the given form."""
    out = BytesIO()
    write(out, rows, record, form)
    return out.getvalue()


def write(out: BinaryIO, rows: Table, record: QueryRecord, form: Form) -> None:
    """Write *rows*, which have one set of names, into *out*, without ever holding them all.

    Raises:
        UsageError: more rows than a workbook can hold.
    """
    {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}[form](out, rows, record)


def recorded(data: BinaryIO, form: Form) -> QueryRecord:
    """The record of the query that an exported file answers.

    Raises:
        UsageError: it holds none.
    """
    try:
        return QueryRecord.from_row(
            {"csv": _record_of_csv, "xlsx": _record_of_xlsx, "jsonl": _record_of_jsonl}[form](data)
        )
    except (ValueError, KeyError, StopIteration, zipfile.BadZipFile, AttributeError):
        raise UsageError("The file holds no record of a query.", mend="Name an export of findingaid.") from None


def safe_cell(value: Any) -> Any:
    """*value* so that no spreadsheet runs it: a text that begins as a formula gets an apostrophe in front.

    Examples:
        >>> safe_cell("=HYPERLINK(1)"), safe_cell("plain"), safe_cell(-3)
        ("'=HYPERLINK(1)", 'plain', -3)
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _named(rows: Table) -> tuple[list[str], Iterator[Mapping[str, Any]]]:
    """The names of the first row, which are those of all, and the rows."""
    every = iter(rows)
    first = next(every, None)
    return (list(first), chain([first], every)) if first is not None else ([], iter(()))


def _csv(out: BinaryIO, rows: Table, record: QueryRecord) -> None:
    about = {f"about_{name}": safe_cell(value) for name, value in record.row().items()}
    text = TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    fields, every = _named(rows)
    writer.writerow([*fields, *about])
    for row in every:
        writer.writerow([*map(safe_cell, map(row.get, fields)), *about.values()])
    if not fields:  # the record of an answer without rows has a row to itself
        writer.writerow(about.values())
    text.detach()


def _record_of_csv(data: BinaryIO) -> Row:
    text = TextIOWrapper(data, "utf-8-sig", newline="")
    try:
        row = next(csv.DictReader(text))
    finally:
        text.detach()  # the file is the caller's to close
    return {name.removeprefix("about_"): _bare(value) for name, value in row.items() if name.startswith("about_")}


def _bare(value: str) -> str:
    """A cell without the apostrophe that defused it."""
    return value[1:] if value.startswith("'") and safe_cell(value[1:]) == value else value


def _jsonl(out: BinaryIO, rows: Table, record: QueryRecord) -> None:
    out.writelines(json_line(line) for line in chain([{"about": record.row()}], rows))


def json_line(row: Mapping[str, Any]) -> bytes:
    """One row as a line of JSON."""
    return (json.dumps(row, ensure_ascii=False, default=str) + "\n").encode("utf-8", "surrogatepass")


def _record_of_jsonl(data: BinaryIO) -> Row:
    return dict(json.loads(data.readline())["about"])


def _xlsx(out: BinaryIO, rows: Table, record: QueryRecord) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet, about = book.create_sheet("rows"), book.create_sheet("about")
    fields, every = _named(rows)
    sheet.append(fields)
    for number, row in enumerate(every):
        if number == MOST_ROWS:
            for open_one in (sheet, about):
                open_one.close()
            raise UsageError(f"A workbook holds {MOST_ROWS:,} rows, and these are more.", mend="Export them as CSV.")
        sheet.append([_cell(row.get(name)) for name in fields])
    for name, value in record.row().items():
        about.append([name, _cell(value)])
    made = BytesIO()
    book.save(made)
    _settle(made, out)


def _settle(made: BinaryIO, out: BinaryIO) -> None:
    """Copy a workbook without the times at which it and its parts were written."""
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in given.namelist():
            data = given.read(name)
            if name == "docProps/core.xml":
                data = _WRITTEN_AT.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            settled.writestr(zipfile.ZipInfo(name, _ZIPPED_AT), data, zipfile.ZIP_DEFLATED)


def _record_of_xlsx(data: BinaryIO) -> Row:
    from openpyxl import load_workbook

    about = load_workbook(data, read_only=True)["about"]
    found = cast("Iterable[tuple[Any, ...]]", about.iter_rows(values_only=True))
    return {str(name): _bare(value) if isinstance(value, str) else value for name, value in found}


def _cell(value: Any) -> Any:
    """A value that a workbook can hold: no control characters, no longer than a cell."""
    if value is None or isinstance(value, int | float | date):
        return value
    text = "".join(character for character in str(value) if character >= " " or character in "\t\n")
    return safe_cell(text[:_LONGEST_CELL])
