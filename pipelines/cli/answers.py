"""``search``, ``recommendations`` and ``similar``: questions to the published corpus."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from extractors.wording import counted
from pipelines.cli.options import (
    Csv,
    Decisions,
    Forces,
    From,
    Investigations,
    Json,
    ModeBy,
    ReportName,
    Roles,
    SortBy,
    Sources,
    Themes,
    To,
    day,
    filters_of,
    mode_of,
    sort_of,
)
from pipelines.cli.published import note_unknown, published_corpus, report_ids
from pipelines.cli.talk import out_json, say

Query = Annotated[
    str, typer.Argument(help='Words, "phrases", AND OR NOT, parentheses, role: theme: force: year:2019..2022.')
]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="At most this many.")]
After = Annotated[str | None, typer.Option("--after", help="The page after this cursor, which the page before named.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show how the query is understood, in place of hits.")]
Counts = Annotated[bool, typer.Option("--facets", help="Show counts by role, theme, force, … in place of hits.")]
RecordFile = Annotated[Path | None, typer.Option("--record", help="Write the query's record (.json), for rerun.")]
AsOf = Annotated[str | None, typer.Option(help="The day on which clocks are read (YYYY-MM-DD); today by default.")]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only those whose answer is overdue.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help="Write an Excel workbook.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(search)
    app.command()(recommendations)
    app.command()(similar)


def _today() -> date:
    return datetime.now(UTC).date()


def search(
    query: Query = "",
    role: Roles = None,
    theme: Themes = None,
    force: Forces = None,
    source: Sources = None,
    investigation: Investigations = None,
    decision: Decisions = None,
    since: From = None,
    until: To = None,
    limit: Limit = 10,
    sort: SortBy = "relevance",
    mode: ModeBy = "text",
    after: After = None,
    explain: Explain = False,
    facets: Counts = False,
    record: RecordFile = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Search passages; each hit with its report, page and role."""
    from pipelines.cli.finding import Wanted, find

    filters = filters_of(role, theme, force, source, investigation, since=since, until=until, decisions=decision)
    wanted = Wanted(query=query, filters=filters, limit=limit, sort=sort_of(sort), mode=mode_of(mode), after=after)
    find(wanted, explained=explain, counted=facets, record=record, form="json" if json else "csv" if csv else "text")


def similar(
    text: Annotated[str, typer.Argument(help="The id of a passage or recommendation, or any text.")],
    limit: Limit = 10,
    json: Json = False,
) -> None:
    """Passages nearest in wording to a passage, a recommendation or a text of your own."""
    from pipelines.cli.show import show_answer
    from pipelines.cli.views import hit_fields

    answer = published_corpus().similar(text, limit=limit).answer
    if json:
        for hit in answer.hits:
            out_json(hit_fields(hit))
    else:
        show_answer(answer)


def recommendations(
    report: ReportName = None,
    force: Forces = None,
    theme: Themes = None,
    source: Sources = None,
    investigation: Investigations = None,
    decision: Decisions = None,
    since: From = None,
    until: To = None,
    overdue: Overdue = False,
    as_of: AsOf = None,
    json: Json = False,
    csv: Csv = False,
    xlsx: Xlsx = None,
) -> None:
    """The register: every recommendation as a unit, with number, page, addressees, clock and decision."""
    from pipelines.cli.show import show_register
    from pipelines.cli.views import recommendation_fields

    on = day(as_of, "--as-of") or _today()
    corpus = published_corpus()
    named = report_ids(corpus, report)
    filters = filters_of(None, theme, force, source, investigation, named, since, until, decision)
    note_unknown(corpus, filters)
    every = corpus.index.recommendations(filters)
    units = (unit for unit in every if not overdue or unit.status(on) == "overdue")
    rows = [recommendation_fields(unit, on) for unit in units]
    if json:
        for row in rows:
            out_json(row)
    elif csv:
        from pipelines.cli.files import print_csv

        print_csv(corpus.index, rows, "", filters)
    elif xlsx is not None:
        from pipelines.cli.files import write_workbook

        written = write_workbook(corpus.index, xlsx, rows, "", filters)
        say(f"{counted(written, 'recommendation')} written to {xlsx}.")
    else:
        show_register(rows)
