"""``export`` and ``rerun``: all hits as a file with the record of its query, and the same question asked again."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractors.errors import FindingAidError, UnreadableFile, UsageError
from pipelines.cli.options import (
    Decisions,
    Forces,
    From,
    Investigations,
    Json,
    Roles,
    SortBy,
    Sources,
    Themes,
    To,
    filters_of,
    one_of,
    sort_of,
)
from pipelines.cli.published import note_unknown, published_corpus
from pipelines.cli.talk import out_json, say

if TYPE_CHECKING:
    from index.corpus import Corpus
    from index.export import Form, QueryRecord

Query = Annotated[str, typer.Argument(help="As for findingaid search; an empty one meets everything.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="A file that ends in .csv, .xlsx or .jsonl.")]
Kind = Annotated[str, typer.Option("--kind", help="passages, or the recommendations they belong to.")]
Recorded = Annotated[Path, typer.Argument(help="An export, or what search --record wrote.")]

Rows = Iterator[dict[str, Any]]

_NO_DAY = date(1, 1, 1)
"""For a status that is dropped."""


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(export)
    app.command()(rerun)


def export(
    output: Output,
    query: Query = "",
    kind: Kind = "passages",
    sort: SortBy = "relevance",
    role: Roles = None,
    theme: Themes = None,
    force: Forces = None,
    source: Sources = None,
    investigation: Investigations = None,
    decision: Decisions = None,
    since: From = None,
    until: To = None,
) -> None:
    """Write every hit to a file, with the query and the versions of corpus and tagger it rests on."""
    from index.export import QueryRecord
    from pipelines.cli.files import form_of, write_file

    form, kind = form_of(output), one_of(kind, ("passages", "recommendations"), "--kind")
    filters = filters_of(role, theme, force, source, investigation, since=since, until=until, decisions=decision)
    corpus = published_corpus()
    note_unknown(corpus, filters)
    asked = QueryRecord.of(corpus.describe(), 0, query, filters, kind=kind, sort=sort_of(sort))
    record = asked.replaced(total=_total(corpus, asked))
    write_file(output, rows_of(corpus, record), record, form)
    say(f"{record.total} {kind} written to {output}, from corpus {record.generation}.")


def rerun(recorded: Recorded, json: Json = False) -> None:
    """Ask a recorded query again: says whether corpus and answer are the same; ends with 1 where the answer is not."""
    record, form = _record(recorded)
    corpus = published_corpus()
    if record.kind not in {"passages", "recommendations"}:
        raise UsageError(f"{recorded.name} holds a table that is not asked for again.", mend="Run its command again.")
    held = corpus.describe()
    if record.generation != held.generation:
        say(f"Corpus {held.generation} is served; the record is of {record.generation}.")
    if held.models != record.models:
        say(f"The tags are by {', '.join(held.models)}; the record is of {', '.join(record.models)}.")
    rows = _printed(rows_of(corpus, record)) if json else rows_of(corpus, record)
    if not (_same_rows(record, rows) if form is None else _same_file(corpus, recorded, record, form, rows)):
        raise FindingAidError("The answer is another one now.", mend="Compare it with an export of the same query.")
    say(f"The same answer, to the last byte: {record.total} in all.")


def _total(corpus: "Corpus", record: "QueryRecord") -> int:
    if record.kind == "passages":
        return corpus.index.search(record.query, record.filters, limit=0).total
    return sum(1 for _ in rows_of(corpus, record))


def rows_of(corpus: "Corpus", record: "QueryRecord") -> Iterator[dict[str, Any]]:
    """What answers a recorded query, row by row. Statuses are left out: they change with the day."""
    from pipelines.cli.views import hit_fields, recommendation_fields

    if record.kind == "passages":
        hits = (
            corpus.index.every(record.query, record.filters, sort=record.sort)
            if record.limit is None
            else corpus.index.search(
                record.query, record.filters, limit=record.limit, sort=record.sort, mode=record.mode
            ).hits
        )
        yield from map(hit_fields, hits)
        return
    for unit in corpus.recommendations(record.filters, query=record.query):
        fields = recommendation_fields(unit, unit.report.published or _NO_DAY)
        yield {name: value for name, value in fields.items() if name != "status"}


def _record(path: Path) -> "tuple[QueryRecord, Form | None]":
    """The record in a file, and the file's form; None for a record by itself."""
    from index.export import QueryRecord, recorded
    from pipelines.cli.files import form_of

    try:
        if path.suffix.lower() == ".json":
            return QueryRecord.model_validate_json(path.read_bytes()), None
        with path.open("rb") as file:
            form = form_of(path)
            return recorded(file, form), form
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read.") from error
    except ValueError as error:
        raise UsageError(f"{path.name} holds no record of a query.", mend="Name what search --record wrote.") from error


def _printed(rows: Rows) -> Rows:
    """*rows*, each printed as it goes by."""
    for row in rows:
        out_json(row)
        yield row


def _same_rows(record: "QueryRecord", rows: Rows) -> bool:
    """Whether a recorded search found these rows."""
    from index.export import json_line

    digest = hashlib.sha256()
    for row in rows:
        digest.update(json_line(row))
    return digest.hexdigest() == record.answer


def _same_file(corpus: "Corpus", path: Path, record: "QueryRecord", form: "Form", rows: Rows) -> bool:
    """Whether the same export written again is the same file, corpus and versions included."""
    import tempfile

    from index.export import QueryRecord
    from pipelines.cli.files import write_file

    now = QueryRecord.of(
        corpus.describe(), 0, record.query, record.filters, kind=record.kind, sort=record.sort, limit=record.limit
    )
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / f"again.{form}"
        write_file(again, rows, now.replaced(total=_total(corpus, now)), form)
        return _digest(again) == _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
