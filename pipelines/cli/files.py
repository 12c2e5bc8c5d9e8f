"""Write files that a command was asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from index.export import safe_cell
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from extractors.errors import HomeNotWritable

WIDTHS = {"text": 80, "title": 40, "url": 30, "addressees": 30, "themes": 24}


def write_workbook(path: Path, rows: Iterable[Mapping[str, Any]], fields: Sequence[str]) -> None:
    """Write *rows* as one sheet; cells that Excel would run as a formula are defused.

    Raises:
        HomeNotWritable: the file cannot be written.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "recommendations"
    sheet.append(list(fields))
    for row in rows:
        sheet.append([_cell(row.get(field)) for field in fields])
    sheet.freeze_panes = "A2"
    for number, field in enumerate(fields, 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(field, 14)
    try:
        book.save(path)
    except OSError as error:
        raise HomeNotWritable(f"{path} cannot be written.", mend="Name a file you may write.") from error


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return safe_cell("; ".join(str(item) for item in value))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - any JSON value
    return value if isinstance(value, int | float | date | None) else safe_cell(str(value))
