"""Hits and recommendations as CSV, XLSX or JSON lines, each with the record of the query that it answers.

In CSV the record stands in the last columns of every row, so that the file stays one plain table; in XLSX on a sheet
of its own; in JSON lines on the first line. Cells that a spreadsheet would run as a formula are defused.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any, Literal

from extractors.records import Record
from index.protocol import NO_FILTERS, Description, Filters
from index.rows import Row

Form = Literal["csv", "xlsx", "jsonl"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767


class QueryRecord(Record):
    """What was asked of which corpus: enough to ask it again and get the same."""

    query: str = ""
    filters: Filters = NO_FILTERS
    total: int
    generation: str | None
    schema_version: str
    models: tuple[str, ...] = ()

    @classmethod
    def of(cls, description: Description, total: int, query: str = "", filters: Filters = NO_FILTERS) -> "QueryRecord":
        """The record of a query answered by the index so described."""
        return cls(
            query=query,
            filters=filters,
            total=total,
            generation=description.generation,
            schema_version=description.schema_version,
            models=description.models,
        )

    def row(self) -> Row:
        """The record as cells."""
        return {
            "query": self.query,
            "filters": self.filters.model_dump_json(exclude_defaults=True),
            "total": self.total,
            "generation": self.generation,
            "schema_version": self.schema_version,
            "models": "; ".join(self.models),
        }


def export(rows: Iterable[Mapping[str, Any]], record: QueryRecord, form: Form) -> bytes:
    """*rows* as a file of the given form."""
    table = list(rows)
    return {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}[form](table, record)


def safe_cell(value: Any) -> Any:
    """*value* so that no spreadsheet runs it: a text that begins as a formula gets an apostrophe in front.

    Examples:
        >>> safe_cell("=HYPERLINK(1)"), safe_cell("plain"), safe_cell(-3)
        ("'=HYPERLINK(1)", 'plain', -3)
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _fields(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _csv(rows: Sequence[Mapping[str, Any]], record: QueryRecord) -> bytes:
    about = {f"about_{name}": value for name, value in record.row().items()}
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    fields = _fields(rows)
    writer.writerow([*fields, *about])
    for row in rows:
        writer.writerow([safe_cell(value) for value in (*map(row.get, fields), *about.values())])
    return out.getvalue().encode("utf-8-sig")


def _jsonl(rows: Sequence[Mapping[str, Any]], record: QueryRecord) -> bytes:
    lines = [{"about": record.row()}, *rows]
    return "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines).encode()


def _xlsx(rows: Sequence[Mapping[str, Any]], record: QueryRecord) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet, about = book.create_sheet("rows"), book.create_sheet("about")
    fields = _fields(rows)
    sheet.append(fields)
    for row in rows:
        sheet.append([_cell(row.get(name)) for name in fields])
    for name, value in record.row().items():
        about.append([name, _cell(value)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """A value that a workbook can hold: no control characters, no longer than a cell."""
    if value is None or isinstance(value, int | float | date):
        return value
    text = "".join(character for character in str(value) if character >= " " or character in "\t\n")
    return safe_cell(text[:_LONGEST_CELL])
