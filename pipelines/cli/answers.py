"""``search``, ``recommendations``, ``similar`` and ``compare``: questions to the published corpus."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.errors import UsageError
from pipelines.cli.options import (
    Csv,
    Forces,
    From,
    Investigations,
    Json,
    Roles,
    Sources,
    Themes,
    To,
    day,
    filters_of,
    one_of,
)
from pipelines.cli.talk import out_csv, out_json, say

if TYPE_CHECKING:
    from index.corpus import Corpus

    from extractors.records import Recommendation
    from index.protocol import Filters

Query = Annotated[
    str, typer.Argument(help='Words, "phrases", AND OR NOT, parentheses, role: theme: force: year:2019..2022.')
]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="At most this many.")]
ReportName = Annotated[str | None, typer.Option("--report", help="Only this report: its id, url, file name or title.")]
AsOf = Annotated[str | None, typer.Option(help="The day on which clocks are read (YYYY-MM-DD); today by default.")]
DecisionName = Annotated[str | None, typer.Option("--decision", help="Only those answered so.")]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only those whose answer is overdue.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help="Write an Excel workbook.")]
By = Annotated[str, typer.Option(help="force, investigation, source, year or report.")]
Plot = Annotated[Path | None, typer.Option("--plot", help="Draw the comparison with its intervals as PNG, SVG or PDF.")]
Measure = Annotated[str, typer.Option(help="recommendations, findings or both.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(search)
    app.command()(recommendations)
    app.command()(similar)
    app.command()(compare)


def _corpus() -> "Corpus":
    from pipelines.opening import open_corpus
    from pipelines.settings import load_settings

    return open_corpus(load_settings())


def _today() -> date:
    return datetime.now(UTC).date()


def search(
    query: Query,
    role: Roles = None,
    theme: Themes = None,
    force: Forces = None,
    source: Sources = None,
    investigation: Investigations = None,
    since: From = None,
    until: To = None,
    limit: Limit = 10,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Search passages; each hit with its report, page and role."""
    from pipelines.cli.show import show_answer
    from pipelines.cli.views import SEARCH_FIELDS, hit_fields

    corpus = _corpus()
    filters = filters_of(role, theme, force, source, investigation, since=since, until=until)
    answer = corpus.index.search(query, filters, limit=limit, facets=("role", "theme", "force"))
    if json:
        for hit in answer.hits:
            out_json(hit_fields(hit))
    elif csv:
        out_csv(map(hit_fields, answer.hits), SEARCH_FIELDS)
    else:
        show_answer(answer)


def similar(
    text: Annotated[str, typer.Argument(help="The id of a passage or recommendation, or any text.")],
    limit: Limit = 10,
    json: Json = False,
) -> None:
    """Passages nearest in wording to a passage, a recommendation or a text of your own."""
    from pipelines.cli.show import show_answer
    from pipelines.cli.views import hit_fields

    corpus = _corpus()
    passage = corpus.index.passage(text)
    unit = next((u for u in corpus.index.recommendations() if u.id == text), None) if passage is None else None
    wanted = passage.block.text if passage else unit.text if unit else text
    answer = corpus.index.similar(wanted, limit=limit)
    if json:
        for hit in answer.hits:
            out_json(hit_fields(hit))
    else:
        show_answer(answer)


def recommendations(
    report: ReportName = None,
    force: Forces = None,
    theme: Themes = None,
    decision: DecisionName = None,
    overdue: Overdue = False,
    as_of: AsOf = None,
    json: Json = False,
    csv: Csv = False,
    xlsx: Xlsx = None,
) -> None:
    """The register: every recommendation as a unit, with number, page, addressees, clock and decision."""
    from pipelines.cli.show import show_register
    from pipelines.cli.views import REGISTER_FIELDS, recommendation_fields

    on = day(as_of, "--as-of") or _today()
    units = _units(_corpus(), report, force, theme, decision, on if overdue else None)
    rows = [recommendation_fields(unit, on) for unit in units]
    if json:
        for row in rows:
            out_json(row)
    elif csv:
        out_csv(rows, REGISTER_FIELDS)
    elif xlsx is not None:
        from pipelines.cli.files import write_workbook

        write_workbook(xlsx, rows, REGISTER_FIELDS)
        say(f"{len(rows)} recommendations written to {xlsx}.")
    else:
        show_register(rows)


def _units(
    corpus: "Corpus",
    report: str | None,
    forces: list[str] | None,
    themes: list[str] | None,
    decision: str | None,
    overdue_on: date | None,
) -> list["Recommendation"]:
    """The entries of the register that meet every condition."""
    from extractors.records import Decision

    filters: Filters = filters_of(forces=forces, themes=themes, reports=_report_ids(corpus, report))
    wanted = None if decision is None else Decision(one_of(decision, Decision, "--decision"))
    return [
        unit
        for unit in corpus.index.recommendations(filters)
        if (wanted is None or unit.decision is wanted) and (overdue_on is None or unit.status(overdue_on) == "overdue")
    ]


def _report_ids(corpus: "Corpus", report: str | None) -> tuple[str, ...]:
    if report is None:
        return ()
    from pipelines.opening import find_reports

    return tuple(found.id for found in find_reports(corpus, report))


__all__ = ["add_to", "compare", "recommendations", "search", "similar"]


def compare(
    by: By = "investigation",
    theme: Themes = None,
    force: Forces = None,
    measure: Measure = "both",
    json: Json = False,
    csv: Csv = False,
    plot: Plot = None,
) -> None:
    """Compare themes across forces or investigations: counts with exact intervals and the documents behind them."""
    raise UsageError("compare is not here yet.")
