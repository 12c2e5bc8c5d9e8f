"""``compare``: themes across forces or investigations, with what the counts rest on."""

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from pipelines.cli.options import Csv, Forces, From, Investigations, Json, Sources, Themes, To, filters_of, one_of
from pipelines.cli.published import note_unknown, published_corpus
from pipelines.cli.talk import out, out_json, say, table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from index.compare import Cell, Comparison, Measure

Grouping = Annotated[str, typer.Option("--by", help="force, investigation, source, year or report.")]
What = Annotated[str, typer.Option("--measure", help="recommendations, findings or both.")]
Plot = Annotated[Path | None, typer.Option("--plot", help="Draw it with its intervals as PNG, SVG or PDF.")]

COLUMNS = 5
"""Themes shown beside each other when none was asked for: the most frequent."""
GROUPS = 12
"""Groups shown on a terminal: those with the highest counts. JSON and CSV hold all."""
NAME = 48


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(compare)


def compare(
    by: Grouping = "investigation",
    theme: Themes = None,
    measure: What = "both",
    force: Forces = None,
    source: Sources = None,
    investigation: Investigations = None,
    since: From = None,
    until: To = None,
    json: Json = False,
    csv: Csv = False,
    plot: Plot = None,
) -> None:
    """Compare themes across forces or investigations: counts with exact intervals and the documents behind them."""
    from index.compare import By, Measure
    from index.compare import compare as count

    grouping: By = one_of(by, get_args(By), "--by")  # pyright: ignore[reportAssignmentType] - checked by one_of
    measures: tuple[Measure, ...] = get_args(Measure)
    if measure != "both":
        measures = (one_of(measure, (*measures, "both"), "--measure"),)  # pyright: ignore[reportAssignmentType] - as above
    corpus = published_corpus()
    filters = filters_of(
        themes=theme, forces=force, sources=source, investigations=investigation, since=since, until=until
    )
    note_unknown(corpus, filters)
    themes, filters = filters.themes, filters.replaced(themes=())
    found = count(corpus.index, grouping, themes=themes, measures=measures, filters=filters, unread=_unread_documents())
    if plot is not None:
        _draw(found, plot, measures)
    if json:
        out_json({**found.model_dump(mode="json", exclude={"cells"}), "cells": list(found.rows())})
    elif csv:
        from pipelines.cli.files import print_csv

        print_csv(corpus.index, found.rows(), f"compare by {by}", filters)
    elif plot is None:
        show(found, measures, themes)


def _unread_documents() -> int:
    """Documents that could not be read and so are counted nowhere; a path that names nothing is none."""
    from pipelines.settings import load_settings
    from pipelines.store.store import Store

    problems = Store(load_settings().home).catalogue.problems()
    return len({row["locator"] for row in problems if row["page"] is None and not _names_nothing(row)})


def _names_nothing(problem: Mapping[str, Any]) -> bool:
    """Whether a problem is of a folder without documents, or of a path where there is no file."""
    from pipelines.intake import is_address

    if problem["kind"] == "unreadable-file":
        return not is_address(problem["locator"]) and not Path(problem["locator"]).exists()
    return problem["kind"] == "nothing-to-read"


def show(found: "Comparison", measures: "Sequence[Measure]", themes: Sequence[str]) -> None:
    """A table a measure, groups down and themes across; then what it carries."""
    for measure in measures:
        shown = themes or found.frequent(measure, COLUMNS)
        columns = (found.by, "reports", "all", *shown)
        names = _most_first(found, measure)
        title = "Recommendations" if measure == "recommendations" else "Matters with a finding"
        rows = [_row(found, name, measure, shown) for name in names[:GROUPS]]
        counted = "" if _is_one(found, measure) else ": count [exact 95 % interval]"
        table(columns, rows, title=f"{title}{counted}", right=range(1, len(columns)))
        if len(names) > GROUPS:
            out(f"and {len(names) - GROUPS} more; --json and --csv hold them all")
    out(found.statement)


def _most_first(found: "Comparison", measure: "Measure") -> list[str]:
    """Names of the groups, those with the highest counts first."""
    return sorted((group.name for group in found.groups), key=lambda name: (-_whole(found, name, measure), name))


def _whole(found: "Comparison", name: str, measure: "Measure") -> int:
    """A group's count over all themes."""
    group = found.group(name)
    return group.recommendations if measure == "recommendations" else group.findings


def _row(found: "Comparison", name: str, measure: "Measure", themes: Sequence[str]) -> tuple[str, ...]:
    shown = textwrap.shorten(name, NAME, placeholder=" …")
    documents, whole = str(found.group(name).documents), _whole(found, name, measure)
    if _is_one(found, measure):
        counts = [whole, *(found.cell(name, theme, measure).count for theme in themes)]
        return (shown, documents, *("yes" if count else "-" for count in counts))
    return (shown, documents, str(whole), *(_count(found.cell(name, theme, measure)) for theme in themes))


def _is_one(found: "Comparison", measure: "Measure") -> bool:
    """Whether each group is a single matter, so that a finding is there or not and nothing is counted."""
    return measure == "findings" and found.by in {"investigation", "report"}


def _count(cell: "Cell") -> str:
    star = "*" if cell.differs else ""
    return f"{cell.count}{star} [{cell.low:.1f}-{cell.high:.1f}]"


def _draw(found: "Comparison", path: Path, measures: "Sequence[Measure]") -> None:
    from pipelines.cli.files import write_picture

    def picture() -> "Figure":
        from index.compare.plot import draw

        return draw(found, measures[0])

    write_picture(path, picture)
    say(f"Drawn to {path}. {found.statement}")
