"""Tables as files: to stdout or a path, each with the record of the query it answers."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from extractors.errors import DiskFull, HomeNotWritable, UsageError
from index.export import Form, QueryRecord, export, write
from index.protocol import Filters, Index

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Rows = Iterable[Mapping[str, Any]]

FORMS: dict[str, Form] = {".csv": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl"}


def form_of(path: Path) -> Form:
    """The form that a file's name asks for.

    Raises:
        UsageError: none that is written.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise UsageError(f"{path.name!r} is of no form that is written.", mend="End it in .csv, .xlsx or .jsonl.")
    return form


def print_csv(index: Index, rows: Rows, query: str, filters: Filters) -> None:
    """Rows as CSV on stdout."""
    table = [flat(row) for row in rows]
    record = QueryRecord.of(index.describe(), len(table), query, filters, kind="table")
    print_table(table, record)


def print_table(rows: Rows, record: QueryRecord) -> None:
    """Rows with their record as CSV on stdout."""
    sys.stdout.write(export(map(flat, rows), record, "csv").decode("utf-8-sig").replace("\r\n", "\n"))


def write_workbook(index: Index, path: Path, rows: Rows, query: str, filters: Filters) -> int:
    """Rows as an Excel workbook at *path*; returns how many.

    Raises:
        HomeNotWritable: the file cannot be written.
    """
    table = list(rows)
    record = QueryRecord.of(index.describe(), len(table), query, filters, kind="table")
    write_file(path, table, record, "xlsx")
    return len(table)


def write_file(path: Path, rows: Rows, record: QueryRecord, form: Form) -> None:
    """Rows with their record at *path*: whole, or not at all.

    Raises:
        HomeNotWritable: the file cannot be written.
        DiskFull: no space is left.
    """
    given = iter(rows)
    first = next(given, None)  # a refusal of the index is not one of the file
    every = given if first is None else chain([first], given)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".export-", delete=False) as file:
            beside = Path(file.name)
            try:
                write(cast("Any", file), map(flat, every) if form != "jsonl" else every, record, form)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                beside.unlink()
                raise
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        if error.errno == 28:  # no space left on device
            raise DiskFull(f"No space is left for {path}.") from error
        raise HomeNotWritable(f"{path} cannot be written.", mend="Name a file you may write.") from error


def write_picture(path: Path, draw: "Callable[[], Figure]") -> None:
    """What *draw* gives, as PNG, SVG or PDF at *path*.

    Raises:
        UsageError: it is to be of another kind, or matplotlib is not installed.
        HomeNotWritable: the file cannot be written.
    """
    if path.suffix.lower() not in {".png", ".svg", ".pdf"}:
        raise UsageError(f"--plot {path.name!r} is of no known kind.", mend="End it in .png, .svg or .pdf.")
    try:
        figure = draw()
    except ModuleNotFoundError as error:
        raise UsageError(
            "--plot needs matplotlib, which is not installed.", mend="Install findingaid[notebooks]."
        ) from error
    try:
        figure.savefig(path, dpi=150, bbox_inches="tight")
    except OSError as error:
        raise HomeNotWritable(f"{path} cannot be written.", mend="Name a file you may write.") from error


def _umask() -> int:
    held = os.umask(0)
    os.umask(held)
    return held


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """One value a cell: lists and scores joined."""
    return {name: _joined(value) for name, value in row.items()}


def _joined(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(map(_part, cast("list[object]", value)))
    if isinstance(value, dict):
        return "; ".join(f"{name} {score}" for name, score in cast("dict[str, object]", value).items())
    return value


def _part(item: object) -> str:
    """An item of a list: its numbers in a row where it is a box or a span."""
    if isinstance(item, dict):
        return " ".join(str(number) for number in cast("dict[str, object]", item).values())
    if isinstance(item, list):
        return "-".join(map(str, cast("list[object]", item)))
    return str(item)
