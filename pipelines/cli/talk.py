"""How commands speak: data on stdout, talk on stderr, nothing from a document unescaped."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

# A report may carry terminal escape sequences; whatever is not printable never reaches a terminal.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Some readers end a line at these, and halves of characters cannot be written at all: JSON knows another way.
_BREAKS = re.compile(r"[\x85\u2028\u2029\ud800-\udfff]")


def plain(text: str) -> str:
    r"""*text* without anything a terminal might act on.

    Examples:
        >>> plain("red \x1b[31malert")
        'red [31malert'
    """
    return _UNPRINTABLE.sub("", text)


def say(text: str) -> None:
    """Talk to the person: one line on stderr."""
    print(plain(text), file=sys.stderr)  # noqa: T201 - this is the talk


def out(text: str = "") -> None:
    """One line of data on stdout."""
    print(plain(text))  # noqa: T201 - this is the data


def out_json(item: Mapping[str, Any] | Sequence[Any]) -> None:
    """One JSON line on stdout."""
    line = json.dumps(item, ensure_ascii=False, default=str)
    print(_BREAKS.sub(lambda found: f"\\u{ord(found.group()):04x}", line))  # noqa: T201 - this is the data


def console() -> "Console":
    """A console for tables: as wide as the terminal, or 120 columns where there is none."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 120
    return Console(width=width, highlight=False, markup=False, emoji=False)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    right: Iterable[int] = (),
    most: Mapping[int, int] | None = None,
    whole: Iterable[int] = (),
) -> None:
    """A table on stdout.

    Args:
        columns: their names.
        rows: a cell for each.
        title: stands above it.
        right: columns, by number, of figures.
        most: columns no wider than so many characters.
        whole: columns that are never broken over lines.
    """
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    figures, unbroken, widest = set(right), set(whole), most or {}
    drawn = Table(title=Text(title) if title else None, title_justify="left", header_style="bold", box=SIMPLE)
    for number, column in enumerate(columns):
        side = "right" if number in figures else "left"
        width, no_wrap = widest.get(number), number in unbroken
        drawn.add_column(column, justify=side, overflow="fold", max_width=width, no_wrap=no_wrap)
    for row in rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    console().print(drawn)


def notes(rows: Iterable[tuple[str, str]]) -> None:
    """Lines of text on stdout, each beside what it is about, which keeps to its own column."""
    from rich.table import Table
    from rich.text import Text

    drawn = Table.grid(padding=(0, 2))
    drawn.add_column(width=24, overflow="fold")
    drawn.add_column(overflow="fold")
    for about, text in rows:
        drawn.add_row(*(Text(plain(cell)) for cell in (about, text)))
    console().print(drawn)
