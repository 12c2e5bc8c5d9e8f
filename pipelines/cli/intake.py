"""``ingest`` and ``retry``: bring reports in, and try failed ones again."""

from typing import Annotated

import typer

from extractors.errors import UsageError
from extractors.wording import counted
from pipelines.cli.options import Json, day
from pipelines.cli.talk import out_json, say

Paths = Annotated[list[str], typer.Argument(help="Files, folders (recursively) or http(s) addresses.")]
Since = Annotated[str | None, typer.Option(help="Leave out files changed, and records published, before this day.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Work on at most this many documents now.")]
Workers = Annotated[int | None, typer.Option(min=1, max=256, help="Reading processes; one per core by default.")]
Anew = Annotated[bool, typer.Option("--all", help="Make the index again from everything that was read.")]
Rollback = Annotated[bool, typer.Option("--rollback", help="Serve the generation before again, until the next run.")]
Vectors = Annotated[
    bool | None,
    typer.Option("--vectors/--no-vectors", help="With vectors, to search by meaning; later runs keep to it."),
]
NoIndex = Annotated[bool, typer.Option("--no-index", help="Read and tag only; publish later.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(ingest)
    app.command()(retry)
    app.command()(publish)


def ingest(
    paths: Paths,
    since: Since = None,
    limit: Limit = None,
    workers: Workers = None,
    no_index: NoIndex = False,
    json: Json = False,
) -> None:
    """The main job: take in reports, read, tag and index them. A second run works only on what is new."""
    from pipelines.running import run_ingest
    from pipelines.settings import load_settings

    settings = load_settings(workers=workers)
    summary = run_ingest(settings, paths, since=day(since, "--since"), limit=limit, with_index=not no_index)
    say(summary.sentence())
    if json:
        out_json(summary.model_dump(mode="json"))


def retry(workers: Workers = None, json: Json = False) -> None:
    """Work again on documents that failed, for instance after installing what they needed."""
    from pipelines import job
    from pipelines.settings import load_settings

    summary = job.retry(load_settings(workers=workers))
    say(summary.sentence())
    if json:
        out_json(summary.model_dump(mode="json"))


def publish(anew: Anew = False, vectors: Vectors = None, rollback: Rollback = False, json: Json = False) -> None:
    """Bring the index up to what was read: after --no-index, after a change of index, or to make it again."""
    from pipelines import job
    from pipelines.opening import open_index
    from pipelines.settings import load_settings
    from pipelines.store.store import Store

    settings = load_settings()
    if rollback:
        index = open_index(settings)
        if not index.roll_back():
            raise UsageError("There is no generation before.", mend="Nothing was changed.")
        say(f"Generation {index.describe().generation} is served again. The next publishing makes the index anew.")
        return
    worked = job.Ingested(work=job.Worked())
    store, version = Store(settings.home), job.tagged_version(settings)
    summary = job.publish_new(settings, store, version, worked, anew=anew, vectors=vectors)
    held = summary.index.reports if summary.index else 0
    added = counted(summary.added, "report")
    say(f"{added} published, {summary.removed} removed; the index holds {counted(held, 'report')}.")
    if json:
        out_json(summary.model_dump(mode="json"))
