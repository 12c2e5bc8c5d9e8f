"""Tables as files: CSV to stdout, workbooks to a path, each with the record of the query it answers."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from extractors.errors import HomeNotWritable, UsageError
from index.export import QueryRecord, export
from index.protocol import Filters, Index

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Rows = Iterable[Mapping[str, Any]]


def print_csv(index: Index, rows: Rows, query: str, filters: Filters) -> None:
    """Rows as CSV on stdout."""
    flat = list(map(_flat, rows))
    record = QueryRecord.of(index.describe(), len(flat), query, filters)
    sys.stdout.write(export(flat, record, "csv").decode("utf-8-sig").replace("\r\n", "\n"))


def write_workbook(index: Index, path: Path, rows: Rows, query: str, filters: Filters) -> int:
    """Rows as an Excel workbook at *path*; returns how many.

    Raises:
        HomeNotWritable: the file cannot be written.
    """
    flat = list(map(_flat, rows))
    record = QueryRecord.of(index.describe(), len(flat), query, filters)
    try:
        path.write_bytes(export(flat, record, "xlsx"))
    except OSError as error:
        raise HomeNotWritable(f"{path} cannot be written.", mend="Name a file you may write.") from error
    return len(flat)


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


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """One value a cell: lists joined."""
    return {name: _joined(value) for name, value in row.items()}


def _joined(value: Any) -> Any:
    if isinstance(value, list):
        items = cast("list[object]", value)
        return "; ".join(map(str, items))
    return value
