"""``search``, ``recommendations`` and ``similar``: questions to the published corpus."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from pipelines.cli.published import published_corpus
from pipelines.cli.talk import out_json, say

if TYPE_CHECKING:
    from extractors.records import Recommendation
    from index.corpus import Corpus
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


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(search)
    app.command()(recommendations)
    app.command()(similar)


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
    from pipelines.cli.views import hit_fields

    corpus = published_corpus()
    filters = filters_of(role, theme, force, source, investigation, since=since, until=until)
    answer = corpus.index.search(query, filters, limit=limit, facets=("role", "theme", "force"))
    if json:
        for hit in answer.hits:
            out_json(hit_fields(hit))
    elif csv:
        from pipelines.cli.files import print_csv

        print_csv(corpus.index, map(hit_fields, answer.hits), query, filters)
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

    corpus = published_corpus()
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
    from pipelines.cli.views import recommendation_fields

    on = day(as_of, "--as-of") or _today()
    corpus = published_corpus()
    filters = filters_of(forces=force, themes=theme, reports=_report_ids(corpus, report))
    units = _units(corpus, filters, decision, on if overdue else None)
    rows = [recommendation_fields(unit, on) for unit in units]
    if json:
        for row in rows:
            out_json(row)
    elif csv:
        from pipelines.cli.files import print_csv

        print_csv(corpus.index, rows, "", filters)
    elif xlsx is not None:
        from pipelines.cli.files import write_workbook

        say(f"{write_workbook(corpus.index, xlsx, rows, '', filters)} recommendations written to {xlsx}.")
    else:
        show_register(rows)


def _units(
    corpus: "Corpus", filters: "Filters", decision: str | None, overdue_on: date | None
) -> list["Recommendation"]:
    """The entries of the register that meet every condition."""
    from extractors.records import Decision

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
